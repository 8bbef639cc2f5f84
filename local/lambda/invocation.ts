import type { Readable } from 'node:stream';

/** One event on its way to a function. */
export type Invocation = {
  readonly requestId: string;
  readonly payload: Buffer;
  /** What the function finds in `_X_AMZN_TRACE_ID`. */
  readonly traceHeader: string;
};

/** What a function answers: at once for a buffered handler, from its first byte on for a streaming one. */
export type Reply = {
  readonly contentType: string;
  readonly streamed: boolean;
  /** Set when the function failed before it answered; `body` is then the error as JSON. */
  readonly functionError: 'Unhandled' | undefined;
  /** Must be read to its end, whoever asked for it: the function is held up otherwise. Fails when the function dies midway. */
  readonly body: Readable;
};

/** A failure that the platform reports in the function's stead. */
export type Failure = { readonly errorType: string; readonly errorMessage: string };
