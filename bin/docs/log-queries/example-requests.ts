import type { AttemptRecord, RequestRecord } from '../../../lambdas/core/ledger/record';

const NOON = Date.parse('2026-11-21T12:00:00.000Z');
const SMALL = 'claude-haiku-4-5';
const LARGE = 'claude-opus-4-6';
const OTHER = 'nova-lite';

const anAttempt = (overrides: Partial<AttemptRecord> = {}): AttemptRecord => ({
  provider: 'bedrock',
  model: SMALL,
  region: 'us-east-1',
  outcome: 'success',
  durationMs: 790,
  timeToFirstEventMs: 310,
  costNanoUsd: 4_200_000,
  ...overrides,
});

const FIRST: RequestRecord = {
  schema: 1,
  kind: 'request',
  requestId: 'q3VbR0sXk2LmWd8A',
  correlationId: 'nightly-report-7',
  sessionId: 'session-42',
  traceId: '69204e80f1a24cbb8d5f90e1b2a37c44',
  accountId: 'acme',
  keyId: 'VJDJZmU8rDXaZPR4',
  userId: '123',
  startedAt: NOON,
  durationMs: 812,
  endpoint: '/v1/chat/completions',
  method: 'POST',
  httpStatus: 200,
  streamed: false,
  outcome: 'success',
  model: SMALL,
  provider: 'bedrock',
  region: 'us-east-1',
  attempts: [anAttempt()],
  usage: { input: 1_200, output: 600, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
  unmetered: false,
  costNanoUsd: 4_200_000,
  savedNanoUsd: 0,
  heldNanoUsd: 9_000_000,
  overshootNanoUsd: 0,
  cache: 'miss',
  finishReason: 'stop',
  timeToFirstEventMs: 324,
  providerMs: 790,
  routingMs: 0.2,
  requestBytes: 5_000,
  responseBytes: 2_600,
  clientGone: false,
  coldStart: true,
  count: 1,
};

const { usage: _, finishReason: __, timeToFirstEventMs: ___, userId: ____, ...UNANSWERED } = FIRST;

const toTraceId = (requestId = ''): string => `69204e80${Buffer.from(requestId).toString('hex').slice(0, 24)}`;

/** A request that ended without an answer. */
const refused = (overrides: Partial<RequestRecord>): RequestRecord => ({
  ...UNANSWERED,
  attempts: [],
  costNanoUsd: 0,
  heldNanoUsd: 0,
  cache: 'off',
  durationMs: 6,
  providerMs: 0,
  coldStart: false,
  traceId: toTraceId(overrides.requestId),
  ...overrides,
});

const answered = (overrides: Partial<RequestRecord>): RequestRecord => ({
  ...FIRST,
  coldStart: false,
  traceId: toTraceId(overrides.requestId),
  ...overrides,
});

/** Requests of nine minutes, made up: of every kind that a saved query asks for. */
export const EXAMPLE_REQUESTS: readonly RequestRecord[] = [
  FIRST,
  answered({
    requestId: 'fH8s2KqLp0ZrTy1c',
    startedAt: NOON + 20_000,
    durationMs: 14,
    attempts: [],
    providerMs: 0,
    timeToFirstEventMs: 9,
    costNanoUsd: 0,
    savedNanoUsd: 4_200_000,
    heldNanoUsd: 0,
    cache: 'hit',
  }),
  answered({
    requestId: 'Zk41mNvQe8uXbJ6w',
    startedAt: NOON + 65_000,
    durationMs: 48_300,
    model: LARGE,
    attempts: [anAttempt({ model: LARGE, durationMs: 48_240, costNanoUsd: 1_325_000_000 })],
    providerMs: 48_240,
    timeToFirstEventMs: 1_900,
    usage: { input: 205_000, output: 12_000, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
    costNanoUsd: 1_325_000_000,
    overshootNanoUsd: 12_000_000,
    userId: 'anna',
    sessionId: 'session-43',
    correlationId: 'Zk41mNvQe8uXbJ6w',
  }),
  answered({
    requestId: 'B7tYw9cDx3RaLs5e',
    startedAt: NOON + 130_000,
    durationMs: 2_050,
    model: OTHER,
    attempts: [
      anAttempt({ outcome: 'throttled', durationMs: 90, costNanoUsd: 0 }),
      anAttempt({ model: OTHER, durationMs: 1_880, costNanoUsd: 180_000 }),
    ],
    providerMs: 1_970,
    costNanoUsd: 180_000,
    clientGone: true,
    accountId: 'globex',
    keyId: 'Qm2xTe7yKd9nLp3s',
    sessionId: 'session-44',
    correlationId: 'B7tYw9cDx3RaLs5e',
  }),
  refused({
    requestId: 'Ue5nRt2oPw7iKs1x',
    startedAt: NOON + 340_000,
    durationMs: 3_120,
    attempts: [anAttempt({ outcome: 'unavailable', durationMs: 3_060, costNanoUsd: 9_000_000 })],
    providerMs: 3_060,
    httpStatus: 503,
    outcome: 'error',
    errorCode: 'no_provider_answered',
    unmetered: true,
    costNanoUsd: 9_000_000,
    heldNanoUsd: 9_000_000,
  }),
  refused({
    requestId: 'Ja0qWz6hMf4cVb9t',
    startedAt: NOON + 350_000,
    httpStatus: 429,
    outcome: 'rate_limited',
    errorCode: 'requests_per_minute',
    count: 17,
  }),
  refused({
    requestId: 'Gd3kSy8uEj5pNa7r',
    startedAt: NOON + 400_000,
    httpStatus: 402,
    outcome: 'over_budget',
    errorCode: 'budget_exhausted',
    accountId: 'globex',
    keyId: 'Qm2xTe7yKd9nLp3s',
  }),
  refused({
    requestId: 'Lx9vCo1bTq4mHg2z',
    startedAt: NOON + 460_000,
    outcome: 'abandoned',
    httpStatus: 500,
    unmetered: true,
    costNanoUsd: 9_000_000,
    heldNanoUsd: 9_000_000,
  }),
];
