import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Children } from '../processes/children';
import { findFreePort } from '../processes/free-port';
import { toScrapeConfiguration } from './scrape-configuration';
import { type RunningPrometheus, startPrometheus } from './start-prometheus';

export type AttachOptions = {
  readonly children: Children;
  readonly directory: string;
  /** Whether samples of earlier runs stay: only where the counters do. */
  readonly keeps: boolean;
  /** `127.0.0.1:8585` */
  readonly target: string;
  readonly apiKey: string;
  readonly ruleFiles: readonly string[];
};

/** Where everybody looks for a Prometheus. */
const USUAL_PORT = 9090;

/** Starts a Prometheus that scrapes the machine, on its usual port if that is free. */
export const attachPrometheus = async (options: AttachOptions): Promise<RunningPrometheus> => {
  const { children, directory, keeps, target, apiKey, ruleFiles } = options;
  if (!keeps) rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const rules = ruleFiles.map((text, index) => ({ path: join(directory, `rules-${index + 1}.yml`), text }));
  for (const { path, text } of rules) writeFileSync(path, text);
  const port = (await isFree(USUAL_PORT)) ? USUAL_PORT : await findFreePort();
  const configuration = toScrapeConfiguration({ target, apiKey, rules });
  return startPrometheus({ children, directory, configuration, port });
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
