import type { GivenEvent } from '../platform/event';

/** Events of one service that are sent together. The id stays the same when they are sent again. */
export type Report = { id: string; service: string; events: readonly GivenEvent[] };

/** Where telemetry goes. Rejects when a report was not taken; with a `SinkError` it says whether to send it again. */
export type Sink = (report: Report) => Promise<void>;

/** A report was not taken. */
export class SinkError extends Error {
  override readonly name = 'SinkError';
  /** The same report may be taken later. */
  readonly retryable: boolean;

  constructor(message: string, { retryable, cause }: { retryable: boolean; cause?: unknown }) {
    super(message, { cause });
    this.retryable = retryable;
  }
}
