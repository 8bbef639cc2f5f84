import * as v from 'valibot';
import { type PlatformEvent, storedEvent } from './event';

/** Values of one label of one metric that were not known and became `other`. */
export type Overflow = { metric: string; label: string; count: number };

/**
 * What a service around the gateway reported at once: the wide event of everything that is no request of the gateway.
 * Immutable once written. Its label values have passed the guard.
 */
export type PlatformRecord = {
  schema: 1;
  kind: 'platform';
  /** The key of the record: made here, or from the idempotency key that came with the report. */
  requestId: string;
  correlationId?: string;
  accountId: string;
  keyId: string;
  /** Who reports, in a word of the `service` label. */
  service: string;
  /** Milliseconds since the epoch. */
  receivedAt: number;
  events: PlatformEvent[];
  overflow: Overflow[];
  /** What was reported, as a digest: a repeat has the same. */
  digest?: string;
  /** How long it took to take in, for a report that came over HTTP. */
  intakeMs?: number;
};

/** Schema 1, as the aggregator reads it. */
export const storedPlatformRecord = v.object({
  schema: v.literal(1),
  kind: v.literal('platform'),
  requestId: v.string(),
  correlationId: v.optional(v.string()),
  accountId: v.string(),
  keyId: v.string(),
  service: v.string(),
  receivedAt: v.number(),
  events: v.array(storedEvent),
  overflow: v.array(v.object({ metric: v.string(), label: v.string(), count: v.pipe(v.number(), v.minValue(1)) })),
  digest: v.optional(v.string()),
  intakeMs: v.optional(v.pipe(v.number(), v.finite())),
}) satisfies v.GenericSchema<unknown, PlatformRecord>;
