import type { Call } from '../chat/call';
import type { ChatStream } from '../chat/events';
import type { Target } from '../models/model';
import type { Span } from '../telemetry/ports';

/** What one attempt sends besides the call. */
export type AttemptOptions = {
  /** The output bound that the hold covers; sent upstream in every case. */
  maxOutputTokens: number;
  /** Copied into the provider's own invocation log, where it has one. */
  metadata: Readonly<Record<string, string>>;
  /** Ends the attempt: the time left to the invocation or the target's own limit. */
  signal: AbortSignal;
  /** The step of the trace that this call is. */
  span?: Span;
};

/**
 * A provider answers a call as a stream of events that ends in one `finish`.
 * Throws `ProviderError` before or between events; nothing else.
 */
export type Provider = {
  stream(target: Target, call: Call, options: AttemptOptions): ChatStream;
};
