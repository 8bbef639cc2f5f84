import type { IncomingMessage } from 'node:http';
import { sampledParent } from '../xray/trace-header';
import { createDeadline } from './deadline';
import { createDeferred } from './deferred';
import type { FunctionDefinition } from './function-definition';
import type { Failure, Invocation, Reply } from './invocation';
import { maxMemoryUsedMegabytes } from './max-memory-used';
import { type InvocationReport, PLATFORM_LINES } from './platform-lines';
import { failedReply, platformFailure, postedReply } from './reply';

export type ExecutionOptions = {
  readonly invocation: Invocation;
  readonly definition: FunctionDefinition;
  readonly processId: number;
  readonly initLimitSeconds: number;
  /** How long the module took to load, when this invocation waited for it. */
  readonly initMs: () => number | undefined;
  /** Hands the event to the runtime. */
  readonly deliver: (deadlineMs: number) => void;
  readonly kill: () => void;
  readonly onLine: (line: string) => void;
};

/** One invocation in one environment, from the wait for a cold start to the next poll. */
export type Execution = {
  readonly reply: Promise<Reply>;
  /** Resolves when the environment is free again or dead. */
  readonly done: Promise<void>;
  /** The runtime is waiting: the clock starts. A second call changes nothing. */
  begin(): void;
  respond(requestId: string, post: IncomingMessage): void;
  fail(requestId: string, json: Buffer): void;
  failInit(json: Buffer): void;
  /** The runtime polls again. Only counts once begun. */
  end(): void;
  /** The process is gone. */
  die(cause: string): void;
};

export const createExecution = (options: ExecutionOptions): Execution => {
  const { invocation, definition, kill } = options;
  const { requestId } = invocation;
  const { initLimitSeconds } = options;
  const { timeoutSeconds, logFormat } = definition;
  const reply = createDeferred<Reply>();
  const done = createDeferred<void>();
  const deadline = createDeadline({ initLimitSeconds, timeoutSeconds, kill });
  let failed = false;

  const failWith = (failure: Reply) => {
    failed = true;
    reply.resolve(failure);
  };
  const finish = () => {
    deadline.stop();
    const status = deadline.isOver() ? 'timeout' : failed ? 'error' : 'success';
    const lines = PLATFORM_LINES[logFormat].report(toReport(options, status, deadline.elapsedMs()));
    // The last lines of the function are read in the same turn of the event loop as its next poll.
    setImmediate(() => lines.forEach(options.onLine));
    done.resolve();
  };

  return {
    reply: reply.promise,
    done: done.promise,
    begin: () => {
      if (deadline.hasBegun()) return;
      deadline.begin();
      PLATFORM_LINES[logFormat].start(requestId).forEach(options.onLine);
      options.deliver(Date.now() + timeoutSeconds * 1000);
    },
    respond: (id, post) => (id === requestId ? reply.resolve(postedReply(post)) : void post.resume()),
    fail: (id, json) => {
      if (id === requestId) failWith(failedReply(json));
    },
    failInit: (json) => failWith(failedReply(json)),
    end: () => {
      if (deadline.hasBegun()) finish();
    },
    die: (cause) => {
      const failure = deadline.isOver() ? toTimeout(timeoutSeconds) : toExit(cause);
      failWith(platformFailure({ ...failure, errorMessage: `RequestId: ${requestId} Error: ${failure.errorMessage}` }));
      finish();
    },
  };
};

const toReport = (
  { invocation, definition, processId, initMs }: ExecutionOptions,
  status: InvocationReport['status'],
  durationMs: number,
): InvocationReport => ({
  requestId: invocation.requestId,
  status,
  durationMs,
  timeoutSeconds: definition.timeoutSeconds,
  initMs: initMs(),
  memoryMegabytes: definition.memoryMegabytes,
  maxMemoryUsedMegabytes: maxMemoryUsedMegabytes(processId),
  tracing: sampledParent(invocation.traceHeader),
});

const toTimeout = (seconds: number): Failure => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `Task timed out after ${seconds.toFixed(2)} seconds`,
});

const toExit = (cause: string): Failure => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `Runtime exited with error: ${cause}`,
});
