import { mkdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { hasCode } from '../is-running';
import type { Children } from '../processes/children';
import { PrometheusMissing } from './prometheus-missing';

export type PrometheusOptions = {
  readonly children: Children;
  /** Holds the configuration and, in `data`, the samples. Made when it is not there. */
  readonly directory: string;
  /** What stands in `prometheus.yml`. */
  readonly configuration: object;
  /** Of loopback; it has to be free. */
  readonly port: number;
  /** @default the `prometheus` of the PATH */
  readonly program?: string;
};

/** A Prometheus that scrapes what it is told to and takes remote writes. */
export type RunningPrometheus = {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  /** Where remote writes go. */
  readonly remoteWriteUrl: string;
  /** Ends the process and resolves when it is gone; its data stays. */
  stop(): Promise<void>;
};

const HOST = '127.0.0.1';
const READY_WITHIN_MS = 30_000;
const LAST_WORDS = 4_000;

/**
 * Starts a Prometheus and resolves once it answers queries. Rejects with `PrometheusMissing`, or with
 * what Prometheus printed when it did not start.
 */
export const startPrometheus = async (options: PrometheusOptions): Promise<RunningPrometheus> => {
  const { port } = options;
  const { process, output, gone } = spawnPrometheus(options);
  const waiting = new AbortController();
  const state = await Promise.race([isReady(port, waiting.signal), gone]);
  waiting.abort();
  const url = `http://${HOST}:${port}`;
  const stop = async () => {
    process.kill('SIGTERM');
    await gone;
  };
  if (state === 'ready') return { url, port, remoteWriteUrl: `${url}/api/v1/write`, stop };
  process.kill('SIGKILL');
  if (hasCode(state, 'ENOENT')) throw new PrometheusMissing({ cause: state });
  throw new Error(`Prometheus did not start on port ${port}. It said: ${output() || 'nothing'}`);
};

const spawnPrometheus = ({ children, directory, configuration, port, program }: PrometheusOptions) => {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'prometheus.yml');
  // JSON is YAML too. It may hold an API key.
  writeFileSync(file, `${JSON.stringify(configuration, null, 2)}\n`, { mode: 0o600 });
  const process = children.spawn(
    program ?? 'prometheus',
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      `--web.listen-address=${HOST}:${port}`,
      '--web.enable-remote-write-receiver',
      '--log.level=warn',
    ],
    { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  for (const stream of [process.stdout, process.stderr]) {
    stream?.on('data', (chunk) => {
      said = (said + String(chunk)).slice(-LAST_WORDS);
    });
  }
  const gone = new Promise<Error | 'gone'>((resolve) => {
    process.once('error', resolve);
    process.once('close', () => resolve('gone'));
  });
  return { process, output: () => said.trim(), gone };
};

const isReady = async (port: number, given: AbortSignal): Promise<'ready' | 'late'> => {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline && !given.aborted) {
    if ((await statusOf(`http://${HOST}:${port}/-/ready`)) === 200) return 'ready';
    await pause(50);
  }
  return 'late';
};

const statusOf = (url: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    get(url, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).once('error', () => resolve(undefined));
  });
