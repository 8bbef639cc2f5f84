import type { AttemptRecord, CorrectionRecord, RequestRecord } from '../../lambdas/core/ledger/record';

/** A catalogue model that the records of tests name. */
export const MODEL = 'claude-sonnet-4-5';
export const OTHER_MODEL = 'nova-lite';

/** A successful call of a provider. */
export const anAttempt = (overrides: Partial<AttemptRecord> = {}): AttemptRecord => ({
  provider: 'bedrock',
  model: MODEL,
  region: 'us-east-1',
  outcome: 'success',
  durationMs: 800,
  timeToFirstEventMs: 200,
  costNanoUsd: 1_500_000,
  ...overrides,
});

/** A buffered request that its first attempt answered: 100 tokens in, 80 out, 0.0015 dollars. */
export const aRequestRecord = (overrides: Partial<RequestRecord> = {}): RequestRecord => ({
  schema: 1,
  kind: 'request',
  requestId: 'request-0000001a',
  correlationId: 'correlation-1',
  sessionId: 'session-1',
  traceId: '5759e988bd862e3fe1be46a994272793',
  accountId: 'acme',
  keyId: 'key1',
  startedAt: Date.parse('2026-11-21T10:00:00.000Z'),
  durationMs: 820,
  endpoint: '/v1/chat/completions',
  method: 'POST',
  httpStatus: 200,
  streamed: false,
  outcome: 'success',
  model: MODEL,
  provider: 'bedrock',
  region: 'us-east-1',
  attempts: [anAttempt()],
  usage: { input: 100, output: 80, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
  unmetered: false,
  costNanoUsd: 1_500_000,
  savedNanoUsd: 0,
  heldNanoUsd: 2_000_000,
  overshootNanoUsd: 0,
  cache: 'off',
  finishReason: 'stop',
  timeToFirstEventMs: 212,
  providerMs: 800,
  routingMs: 0.4,
  requestBytes: 1_200,
  responseBytes: 900,
  clientGone: false,
  coldStart: false,
  count: 1,
  ...overrides,
});

/** The record that the sweeper writes for a request whose process died: charged at its hold, usage unknown. */
export const anAbandonedRecord = (overrides: Partial<RequestRecord> = {}): RequestRecord => {
  const { usage: _, finishReason: __, timeToFirstEventMs: ___, ...record } = aRequestRecord();
  return {
    ...record,
    outcome: 'abandoned',
    httpStatus: 500,
    attempts: [],
    unmetered: true,
    costNanoUsd: record.heldNanoUsd,
    providerMs: 0,
    responseBytes: 0,
    ...overrides,
  };
};

/** What came in after `abandoned` had been written. */
export const aCorrection = (abandoned = anAbandonedRecord(), actual = aRequestRecord()): CorrectionRecord => ({
  schema: 1,
  kind: 'correction',
  requestId: actual.requestId,
  abandoned,
  actual,
});
