import type { IncomingMessage } from 'node:http';
import { sampledParent } from '../xray/trace-header';
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
  const { invocation, definition } = options;
  const { requestId } = invocation;
  const lines = PLATFORM_LINES[definition.logFormat];
  const reply = createDeferred<Reply>();
  const done = createDeferred<void>();
  let beganAt: number | undefined;
  let status: InvocationReport['status'] = 'success';
  let timer = setTimeout(() => options.kill(), options.initLimitSeconds * 1000);

  const write = (written: readonly string[]) => written.forEach(options.onLine);
  const expire = () => {
    status = 'timeout';
    options.kill();
  };
  const failWith = (failed: Reply) => {
    if (status === 'success') status = 'error';
    reply.resolve(failed);
  };
  const finish = () => {
    clearTimeout(timer);
    const report = lines.report({
      requestId,
      status,
      durationMs: beganAt === undefined ? 0 : performance.now() - beganAt,
      timeoutSeconds: definition.timeoutSeconds,
      initMs: options.initMs(),
      memoryMegabytes: definition.memoryMegabytes,
      maxMemoryUsedMegabytes: maxMemoryUsedMegabytes(options.processId),
      tracing: sampledParent(invocation.traceHeader),
    });
    // The last lines of the function are read in the same turn of the event loop as its next poll.
    setImmediate(() => write(report));
    done.resolve();
  };

  return {
    reply: reply.promise,
    done: done.promise,
    begin: () => {
      if (beganAt !== undefined) return;
      clearTimeout(timer);
      beganAt = performance.now();
      timer = setTimeout(expire, definition.timeoutSeconds * 1000);
      write(lines.start(requestId));
      options.deliver(Date.now() + definition.timeoutSeconds * 1000);
    },
    respond: (id, post) => (id === requestId ? reply.resolve(postedReply(post)) : void post.resume()),
    fail: (id, json) => {
      if (id === requestId) failWith(failedReply(json));
    },
    failInit: (json) => failWith(failedReply(json)),
    end: () => {
      if (beganAt !== undefined) finish();
    },
    die: (cause) => {
      const error = status === 'timeout' ? toTimeout(definition.timeoutSeconds) : toExit(cause);
      failWith(platformFailure({ ...error, errorMessage: `RequestId: ${requestId} Error: ${error.errorMessage}` }));
      finish();
    },
  };
};

const toTimeout = (seconds: number): Failure => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `Task timed out after ${seconds.toFixed(2)} seconds`,
});

const toExit = (cause: string): Failure => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `Runtime exited with error: ${cause}`,
});
