import type { RequestRecord } from '../../../lambdas/core/ledger/record';

type Sums = Record<string, number>;

/** Sums over records by text; nothing else than records is looked at here, so that metrics are checked against the ledger alone. */
const sum = (
  records: readonly RequestRecord[],
  add: (record: RequestRecord) => readonly (readonly [string, number])[],
) => {
  const sums: Sums = {};
  for (const record of records) {
    for (const [key, amount] of add(record)) if (amount !== 0) sums[key] = (sums[key] ?? 0) + amount;
  }
  return sums;
};

/** Names that the catalogue lacks are one series. */
const modelOf = ({ model }: { model: string }): string => (model === 'unknown' ? 'other' : model);
const targetOf = (record: RequestRecord): string => `${record.provider} ${modelOf(record)} ${record.region}`;

/** Nobody knows how long an abandoned request took, or what it was answered with. */
const seenToTheirEnd = (records: readonly RequestRecord[]) => records.filter(({ outcome }) => outcome !== 'abandoned');

const tokensOf = (record: RequestRecord): [string, number][] => {
  const { usage, cache } = record;
  if (usage === undefined) return [];
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = usage;
  const written = cacheWrite5m + cacheWrite1h;
  const kinds: [string, number][] =
    cache === 'hit'
      ? [['cached', input + output + cacheRead + written]]
      : [
          ['input', input],
          ['output', output],
          ['cache_read', cacheRead],
          ['cache_write', written],
        ];
  return kinds.map(([kind, tokens]) => [`${targetOf(record)} ${kind}`, tokens]);
};

const ERROR_TYPES: Readonly<Record<string, string>> = {
  invalid_request: 'validation',
  unknown_model: 'validation',
  provider_rejected_request: 'validation',
  budget_exhausted: 'budget',
  budget_too_small: 'budget',
  requests_per_minute: 'rate_limited',
  provider_throttled: 'provider_throttled',
  no_provider_answered: 'provider_error',
  provider_stream_cut: 'provider_error',
};

const statusOf = (outcome: string): string =>
  outcome === 'success' ? 'success' : outcome === 'throttled' ? 'rate_limited' : 'error';

/** What each metric must say, by its label values, for records that all stand for themselves or for `count` of their kind. */
export const LEDGER_SUMS: readonly [
  metric: string,
  labels: readonly string[],
  sums: (records: readonly RequestRecord[]) => Sums,
][] = [
  [
    'gateway_requests_total',
    ['provider', 'model', 'region', 'endpoint', 'status'],
    (records) => sum(records, (record) => [[`${targetOf(record)} ${record.endpoint} ${record.outcome}`, record.count]]),
  ],
  [
    'gateway_request_errors_total',
    ['provider', 'model', 'region', 'error_type'],
    (records) =>
      sum(records, (record) =>
        record.errorCode ? [[`${targetOf(record)} ${ERROR_TYPES[record.errorCode]}`, record.count]] : [],
      ),
  ],
  [
    'gateway_request_duration_seconds_count',
    ['provider', 'model', 'region', 'endpoint'],
    (records) => sum(seenToTheirEnd(records), (record) => [[`${targetOf(record)} ${record.endpoint}`, record.count]]),
  ],
  [
    'gateway_streaming_requests_total',
    ['provider', 'model', 'status'],
    (records) =>
      sum(records, (record) =>
        record.streamed ? [[`${record.provider} ${modelOf(record)} ${record.outcome}`, record.count]] : [],
      ),
  ],
  [
    'http_requests_total',
    ['method', 'endpoint', 'status'],
    (records) =>
      sum(seenToTheirEnd(records), ({ method, endpoint, httpStatus, count }) => [
        [`${method} ${endpoint} ${httpStatus}`, count],
      ]),
  ],
  [
    'gateway_rate_limit_hits_total',
    ['endpoint'],
    (records) =>
      sum(records, ({ endpoint, outcome, count }) => (outcome === 'rate_limited' ? [[endpoint, count]] : [])),
  ],
  [
    'gateway_provider_requests_total',
    ['provider', 'model', 'region', 'status'],
    (records) =>
      sum(records, ({ attempts }) =>
        attempts.map(({ provider, model, region, outcome }) => [
          `${provider} ${model} ${region} ${statusOf(outcome)}`,
          1,
        ]),
      ),
  ],
  ['gateway_tokens_total', ['provider', 'model', 'region', 'type'], (records) => sum(records, tokensOf)],
  [
    'cache_hits_total',
    ['cache_type', 'model'],
    (records) => sum(records, ({ cache, model }) => (cache === 'hit' ? [[`exact ${model}`, 1]] : [])),
  ],
  [
    'cache_misses_total',
    ['cache_type', 'model'],
    (records) =>
      sum(records, ({ cache, model }) =>
        cache === 'miss'
          ? [
              [`all ${model}`, 1],
              [`exact ${model}`, 1],
            ]
          : [],
      ),
  ],
  [
    'gateway_unmetered_requests_total',
    ['provider', 'model'],
    (records) => sum(records, ({ unmetered, provider, model }) => (unmetered ? [[`${provider} ${model}`, 1]] : [])),
  ],
];

/** The same for money, in nano-dollars. */
export const LEDGER_MONEY: typeof LEDGER_SUMS = [
  [
    'gateway_cost_usd_total',
    ['provider', 'model', 'region'],
    (records) => sum(records, (record) => [[targetOf(record), record.costNanoUsd]]),
  ],
  [
    'cache_savings_usd_total',
    ['cache_type', 'model'],
    (records) => sum(records, ({ savedNanoUsd, model }) => [[`exact ${model}`, savedNanoUsd]]),
  ],
  [
    'gateway_cost_per_request_usd_sum',
    ['provider', 'model', 'region'],
    (records) => sum(records, (record) => (record.attempts.length > 0 ? [[targetOf(record), record.costNanoUsd]] : [])),
  ],
];
