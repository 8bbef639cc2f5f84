import * as v from 'valibot';
import type { FinishReason } from '../chat/events';
import { type ProviderErrorKind, REFUSALS, type RefusalCode } from '../errors';
import { type CacheState, type LedgerRecord, OUTCOMES, type RequestRecord } from '../ledger/record';
import { storedPlatformRecord } from '../platform/record';
import { PROVIDER_ERROR_TYPES } from '../telemetry/error-types';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const milliseconds = v.pipe(v.number(), v.finite());
const ratio = v.pipe(v.number(), v.finite(), v.minValue(0));

const isRefusalCode = (code: unknown): code is RefusalCode => typeof code === 'string' && Object.hasOwn(REFUSALS, code);
const isProviderErrorKind = (kind: unknown): kind is ProviderErrorKind =>
  typeof kind === 'string' && Object.hasOwn(PROVIDER_ERROR_TYPES, kind);

const FINISH_REASONS = [
  'stop',
  'length',
  'tool_calls',
  'content_filter',
  'other',
] as const satisfies readonly FinishReason[];
const CACHE_STATES = ['hit', 'miss', 'off', 'bypass', 'error'] as const satisfies readonly CacheState[];

const usage = v.object({ input: count, output: count, cacheRead: count, cacheWrite5m: count, cacheWrite1h: count });

/** A word that is not known here, from a newer version, falls back to the nearest that is; a number never does. */
const attempt = v.object({
  provider: v.string(),
  model: v.string(),
  region: v.string(),
  outcome: v.fallback(v.union([v.literal('success'), v.custom<ProviderErrorKind>(isProviderErrorKind)]), 'malformed'),
  durationMs: milliseconds,
  timeToFirstEventMs: v.optional(milliseconds),
  costNanoUsd: count,
});

/** Schema 1. Fields that are not named here are left out: the counters do not need them. */
const requestRecord = v.object({
  schema: v.literal(1),
  kind: v.literal('request'),
  requestId: v.string(),
  clientRequestId: v.optional(v.string()),
  correlationId: v.string(),
  sessionId: v.optional(v.string()),
  sessionNamed: v.optional(v.literal(true)),
  traceId: v.optional(v.string()),
  accountId: v.string(),
  keyId: v.string(),
  userId: v.optional(v.string()),
  startedAt: milliseconds,
  durationMs: milliseconds,
  endpoint: v.string(),
  method: v.string(),
  httpStatus: v.number(),
  streamed: v.boolean(),
  outcome: v.picklist(OUTCOMES),
  errorCode: v.fallback(v.optional(v.custom<RefusalCode>(isRefusalCode)), undefined),
  model: v.string(),
  provider: v.string(),
  region: v.string(),
  attempts: v.array(attempt),
  usage: v.optional(usage),
  unmetered: v.boolean(),
  costNanoUsd: count,
  savedNanoUsd: count,
  heldNanoUsd: count,
  overshootNanoUsd: count,
  cache: v.fallback(v.picklist(CACHE_STATES), 'off'),
  finishReason: v.optional(v.fallback(v.picklist(FINISH_REASONS), 'other')),
  clampedToTokens: v.optional(v.number()),
  timeToFirstEventMs: v.optional(milliseconds),
  providerMs: milliseconds,
  routingMs: milliseconds,
  requestBytes: count,
  responseBytes: count,
  clientGone: v.boolean(),
  coldStart: v.boolean(),
  limitUsed: v.optional(ratio),
  poolUsed: v.optional(v.record(v.string(), ratio)),
  previousFlushMs: v.optional(milliseconds),
  count: v.pipe(v.number(), v.integer(), v.minValue(1)),
  priceAsOf: v.optional(v.string()),
}) satisfies v.GenericSchema<unknown, RequestRecord>;

const correctionRecord = v.object({
  schema: v.literal(1),
  kind: v.literal('correction'),
  requestId: v.string(),
  abandoned: requestRecord,
  actual: requestRecord,
});

/** Every schema version that a retained record may have. */
const ledgerRecord = v.variant('kind', [requestRecord, correctionRecord, storedPlatformRecord]);

/** Reads a ledger item, keys and expiry included, as a record. Throws an error that names the fields at fault. */
export const readRecord = (item: unknown): LedgerRecord => {
  const read = v.safeParse(ledgerRecord, item);
  if (read.success) return read.output;
  const faults = read.issues.map((issue) => v.getDotPath(issue) ?? 'item');
  throw new Error(`A ledger item is no record that this version knows: ${[...new Set(faults)].join(', ')}.`);
};
