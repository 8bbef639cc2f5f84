import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Children } from '../processes/children';
import { createExecution, type Execution } from './execution';
import type { FunctionDefinition } from './function-definition';
import type { Invocation } from './invocation';
import { PLATFORM_LINES } from './platform-lines';
import { startRuntimeApi } from './runtime-api';

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
  const { definition, freeze } = options;
  const startedAt = performance.now();
  let initMs: number | undefined;
  let execution: Execution | undefined;
  let waiting = false;
  let frozen = false;

  const api = await startRuntimeApi({
    polled: () => {
      initMs ??= performance.now() - startedAt;
      waiting = true;
      execution?.end();
      execution?.begin();
      if (execution === undefined && freeze) setFrozen(true);
    },
    responding: (requestId, post) => execution?.respond(requestId, post),
    failed: (requestId, json) => execution?.fail(requestId, json),
    initFailed: (json) => execution?.failInit(json),
  });
  PLATFORM_LINES[definition.logFormat].init(definition.runtime).forEach(options.onLine);
  const child = spawnRuntime(options, api.address);
  const setFrozen = (freezing: boolean) => {
    if (frozen === freezing) return;
    frozen = freezing;
    child.kill(freezing ? 'SIGSTOP' : 'SIGCONT');
  };
  let isGone = false;
  const gone = exitOf(child).then((cause) => {
    isGone = true;
    api.close();
    execution?.die(cause);
  });

  return {
    processId: child.pid ?? 0,
    gone,
    isGone: () => isGone,
    kill: () => void child.kill('SIGKILL'),
    invoke: (invocation) => {
      setFrozen(false);
      const initWasPending = initMs === undefined;
      const current = createExecution({
        invocation,
        definition,
        processId: child.pid ?? 0,
        initLimitSeconds: INIT_LIMIT_SECONDS,
        initMs: () => (initWasPending ? initMs : undefined),
        deliver: (deadlineMs) => {
          waiting = false;
          api.deliver({ ...invocation, functionArn: definition.arn, deadlineMs });
        },
        kill: () => void child.kill('SIGKILL'),
        onLine: options.onLine,
      });
      execution = current;
      void current.done.then(() => {
        execution = undefined;
        if (freeze && waiting) setFrozen(true);
      });
      if (isGone) current.die('exit status 1');
      else if (waiting) current.begin();
      return current;
    },
  };
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
    child.once('exit', (code, signal) => resolve(signal === null ? `exit status ${code}` : `signal: ${signal}`));
  });
