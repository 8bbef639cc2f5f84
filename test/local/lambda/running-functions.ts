import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FunctionDefinition } from '../../../local/lambda/function-definition';
import { createFunctions, type Functions } from '../../../local/lambda/functions';
import { createChildren } from '../../../local/processes/children';
import type { SegmentDocument } from '../../../local/xray/daemon';

export type RunningFunctions = Functions & {
  /** Every line that the function and the platform have logged so far. */
  lines: string[];
  segments: SegmentDocument[];
  /** Resolves with the first line, past or future, that contains the text. */
  line(containing: string): Promise<string>;
  stop(): Promise<void>;
};

type Overrides = Partial<FunctionDefinition> & { environmentsPerFunction?: number; freeze?: boolean };

/** Runs one function named `subject` from the source of its only module, in real child processes. */
export const runFunction = (source: string, overrides: Overrides = {}): RunningFunctions => {
  const { environmentsPerFunction = 1, freeze = false, ...definition } = overrides;
  const folder = mkdtempSync(join(tmpdir(), 'fluxgate-test-'));
  const codeDirectory = join(folder, 'asset');
  mkdirSync(codeDirectory);
  writeFileSync(join(codeDirectory, 'index.js'), source);
  const children = createChildren();
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  const segments: SegmentDocument[] = [];
  const functions = createFunctions({
    definitions: [{ ...aDefinition, codeDirectory, ...definition }],
    principalOf: ({ name }) => ({ name, accessKeyId: 'LOCAL1', secretAccessKey: 'secret', statements: [] }),
    surroundings: { region: 'eu-west-1', awsEndpoint: 'http://127.0.0.1:1', xrayDaemon: '127.0.0.1:2' },
    children,
    workDirectory: join(folder, 'work'),
    environmentsPerFunction,
    freeze,
    onLine: (_name, line) => {
      lines.push(line);
      for (const listener of listeners) listener();
    },
    onSegment: (segment) => segments.push(segment),
  });
  const line = (containing: string): Promise<string> =>
    new Promise((resolve) => {
      const look = () => {
        const found = lines.find((candidate) => candidate.includes(containing));
        if (found === undefined) return;
        listeners.delete(look);
        resolve(found);
      };
      listeners.add(look);
      look();
    });
  const stop = async () => {
    await children.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...functions, lines, segments, line, stop };
};

export const aDefinition: FunctionDefinition = {
  logicalId: 'Subject',
  name: 'subject',
  arn: 'arn:aws:lambda:eu-west-1:123456789012:function:subject',
  codeDirectory: '',
  runtime: 'nodejs24.x',
  handler: 'index.handler',
  environment: { GREETING: 'hello' },
  timeoutSeconds: 10,
  memoryMegabytes: 256,
  reservedConcurrency: undefined,
  tracing: true,
  logFormat: 'Text',
  logLevel: undefined,
  logGroup: '/aws/lambda/subject',
  statements: [],
};
