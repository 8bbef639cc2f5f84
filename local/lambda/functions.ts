import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { FunctionNotFound } from '../aws/lambda/function-not-found';
import type { Principal } from '../aws/principal';
import type { Children } from '../processes/children';
import type { SegmentDocument } from '../xray/daemon';
import { traceInvocation } from '../xray/lambda-segments';
import { startEnvironment } from './environment';
import { type Surroundings, toEnvironmentVariables } from './environment-variables';
import type { FunctionDefinition } from './function-definition';
import { createFunctionPool, type FunctionPool } from './function-pool';
import type { Reply } from './invocation';

export type FunctionCall = {
  readonly functionName: string;
  readonly payload: Buffer;
  /** The caller's trace, if it has one. */
  readonly traceHeader?: string | undefined;
};

/** A process that serves a function. */
export type RunningEnvironment = { readonly functionName: string; readonly processId: number };

/** The Lambda service: every function of the stack behind its name. */
export type Functions = {
  /**
   * Resolves when the function begins to answer; waits while all its environments are busy.
   * Rejects with `FunctionNotFound`, or `RequestTooLarge` for an event over 6 MB.
   */
  invoke(call: FunctionCall): Promise<Reply>;
  environments(): readonly RunningEnvironment[];
};

export type FunctionsOptions = {
  readonly definitions: readonly FunctionDefinition[];
  readonly principalOf: (definition: FunctionDefinition) => Principal;
  readonly surroundings: Surroundings;
  readonly children: Children;
  /** Gets a copy of every bundle, so that none sees a `node_modules` that is not deployed. */
  readonly workDirectory: string;
  /** How many environments a function may have, unless its reserved concurrency is lower. */
  readonly environmentsPerFunction: number;
  readonly freeze: boolean;
  readonly onLine: (functionName: string, line: string) => void;
  readonly onSegment: (segment: SegmentDocument) => void;
};

/** The largest event of a synchronous invocation. */
export const EVENT_LIMIT_BYTES = 6 * 1024 * 1024;

const IDLE_SECONDS = 300;

/** An event over Lambda's limit. */
export class RequestTooLarge extends Error {
  override readonly name = 'RequestTooLarge';
}

export const createFunctions = (options: FunctionsOptions): Functions => {
  const entries = new Map(options.definitions.map((definition) => [definition.name, toEntry(options, definition)]));

  const invoke = async ({ functionName, payload, traceHeader }: FunctionCall): Promise<Reply> => {
    const entry = entries.get(functionName);
    if (entry === undefined) throw new FunctionNotFound(`No function is named ${functionName}.`);
    if (payload.length > EVENT_LIMIT_BYTES) throw new RequestTooLarge(`The event has ${payload.length} bytes.`);
    const { definition, pool } = entry;
    const requestId = randomUUID();
    const trace = traceInvocation({
      header: traceHeader,
      functionName,
      functionArn: definition.arn,
      requestId,
      tracing: definition.tracing,
    });
    const { reply, done } = await pool.invoke({ requestId, payload, traceHeader: trace.header });
    const answered = await reply;
    void done.then(() => {
      for (const segment of trace.segments({ failed: answered.functionError !== undefined }))
        options.onSegment(segment);
    });
    return answered;
  };

  return {
    invoke,
    environments: () =>
      [...entries].flatMap(([functionName, { pool }]) =>
        pool.environments().map(({ processId }) => ({ functionName, processId })),
      ),
  };
};

type Entry = { readonly definition: FunctionDefinition; readonly pool: FunctionPool };

const toEntry = (options: FunctionsOptions, definition: FunctionDefinition): Entry => {
  const { surroundings, children, freeze } = options;
  const principal = options.principalOf(definition);
  const taskRoot = join(options.workDirectory, definition.name);
  cpSync(definition.codeDirectory, taskRoot, { recursive: true });
  const pool = createFunctionPool({
    size: Math.min(options.environmentsPerFunction, definition.reservedConcurrency ?? Number.POSITIVE_INFINITY),
    idleSeconds: IDLE_SECONDS,
    startEnvironment: () =>
      startEnvironment({
        definition,
        children,
        taskRoot,
        freeze,
        onLine: (line) => options.onLine(definition.name, line),
        variables: (runtimeApi) =>
          toEnvironmentVariables({ definition, principal, surroundings, taskRoot, runtimeApi }),
      }),
  });
  return { definition, pool };
};
