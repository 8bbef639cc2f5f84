import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Children } from '../processes/children';
import { createExecution, type Execution } from './execution';
import type { FunctionDefinition } from './function-definition';
import type { Invocation } from './invocation';
import { PLATFORM_LINES } from './platform-lines';
import { type RuntimeApi, startRuntimeApi } from './runtime-api';

export type EnvironmentOptions = {
  readonly definition: FunctionDefinition;
  readonly children: Children;
  /** The whole environment of the process, given the address of its Runtime API. */
  readonly variables: (runtimeApi: string) => Readonly<Record<string, string>>;
  /** The folder that holds the bundle and nothing else. */
  readonly taskRoot: string;
  /** Stop the process between invocations, as Lambda does. */
  readonly freeze: boolean;
  readonly onLine: (line: string) => void;
};

/** One process that runs one invocation at a time, until it dies. */
export type Environment = {
  readonly processId: number;
  /** Starts an invocation; the first one waits for the module to load. Only for an environment that is not busy. */
  invoke(invocation: Invocation): Execution;
  /** Resolves when the process has gone. */
  readonly gone: Promise<void>;
  isGone(): boolean;
  kill(): void;
};

/** A module that has not loaded by then never will; Lambda gives 10 s, a busy laptop needs more. */
const INIT_LIMIT_SECONDS = 30;

/** Starts a cold environment: a process running the real bundle against a Runtime API of its own. */
export const startEnvironment = async (options: EnvironmentOptions): Promise<Environment> => {
  const { definition, onLine } = options;
  const startedAt = performance.now();
  const state: State = { initMs: undefined, execution: undefined, isWaiting: false, isGone: false };
  const api = await startRuntimeApi({
    polled: () => {
      state.initMs ??= performance.now() - startedAt;
      state.isWaiting = true;
      state.execution?.end();
      state.execution?.begin();
    },
    responding: (requestId, post) => state.execution?.respond(requestId, post),
    failed: (requestId, json) => state.execution?.fail(requestId, json),
    initFailed: (json) => state.execution?.failInit(json),
  });
  PLATFORM_LINES[definition.logFormat].init(definition.runtime).forEach(onLine);
  const child = spawnRuntime(options, api.address);
  const gone = exitOf(child).then((cause) => {
    state.isGone = true;
    api.close();
    state.execution?.die(cause);
  });
  return {
    processId: child.pid ?? 0,
    gone,
    isGone: () => state.isGone,
    kill: () => void child.kill('SIGKILL'),
    invoke: (invocation) => runInvocation({ options, state, child, api }, invocation),
  };
};

/** What changes while an environment lives. */
type State = {
  initMs: number | undefined;
  execution: Execution | undefined;
  /** The runtime has asked for an invocation. */
  isWaiting: boolean;
  isGone: boolean;
};

type Running = {
  readonly options: EnvironmentOptions;
  readonly state: State;
  readonly child: ChildProcess;
  readonly api: RuntimeApi;
};

const runInvocation = ({ options, state, child, api }: Running, invocation: Invocation): Execution => {
  const { definition, freeze, onLine } = options;
  const isCold = state.initMs === undefined;
  const execution = createExecution({
    invocation,
    definition,
    onLine,
    processId: child.pid ?? 0,
    initLimitSeconds: INIT_LIMIT_SECONDS,
    initMs: () => (isCold ? state.initMs : undefined),
    deliver: (deadlineMs) => {
      state.isWaiting = false;
      api.deliver({ ...invocation, functionArn: definition.arn, deadlineMs });
    },
    kill: () => void child.kill('SIGKILL'),
  });
  if (freeze) child.kill('SIGCONT');
  state.execution = execution;
  void execution.done.then(() => {
    state.execution = undefined;
    if (freeze && state.isWaiting) child.kill('SIGSTOP');
  });
  if (state.isGone) execution.die('exit status 1');
  else if (state.isWaiting) execution.begin();
  return execution;
};

const spawnRuntime = (options: EnvironmentOptions, runtimeApi: string): ChildProcess => {
  const bootstrap = join(__dirname, 'runtime', 'bootstrap.cjs');
  const heap = `--max-old-space-size=${options.definition.memoryMegabytes}`;
  const child = options.children.spawn(process.execPath, [heap, bootstrap], {
    cwd: options.taskRoot,
    env: { ...options.variables(runtimeApi) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const output of [child.stdout, child.stderr]) if (output !== null) readLines(output, options.onLine);
  return child;
};

const readLines = (output: Readable, onLine: (line: string) => void): void => {
  createInterface({ input: output, crlfDelay: 0 }).on('line', onLine);
};

/** Why the process ended, in Lambda's words. */
const exitOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    // The last lines come before this, and may come after `exit`.
    child.once('close', (code, signal) => resolve(signal === null ? `exit status ${code}` : `signal: ${signal}`));
  });
