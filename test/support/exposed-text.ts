import { withKnownSeries } from '../../lambdas/core/counters/known-series';
import { mergeIncrements, toCountedRecord } from '../../lambdas/core/counters/plan-chunks';
import { type SeriesByMetric, toSeries } from '../../lambdas/core/counters/series';
import type { LedgerRecord } from '../../lambdas/core/ledger/record';
import { render } from '../../lambdas/exposition/render';
import { aCorrection, anAbandonedRecord, anAttempt, aRequestRecord, OTHER_MODEL } from './a-request-record';

/** Records that between them move every metric of the request path. */
export const VARIED_RECORDS: readonly LedgerRecord[] = [
  aRequestRecord(),
  aRequestRecord({ cache: 'hit', attempts: [], costNanoUsd: 0, savedNanoUsd: 1_500_000 }),
  aRequestRecord({ attempts: [anAttempt({ outcome: 'timeout' }), anAttempt({ model: OTHER_MODEL })], streamed: true }),
  aRequestRecord({
    outcome: 'rate_limited',
    errorCode: 'requests_per_minute',
    httpStatus: 429,
    attempts: [],
    count: 9,
  }),
  aRequestRecord({ unmetered: true, overshootNanoUsd: 5, cache: 'miss' }),
  anAbandonedRecord(),
  aCorrection(),
];

/** The series that counting `records` makes. */
export const seriesOf = (records: readonly LedgerRecord[]): SeriesByMetric =>
  toSeries(
    new Map(
      [...mergeIncrements(records.map((record) => toCountedRecord(record).increments))].map(([family, attributes]) => [
        family,
        new Map([...attributes].map(([attribute, by]) => [attribute, BigInt(by)])),
      ]),
    ),
  );

/** What GET /metrics says when every metric has moved. */
export const exposedText = (): string =>
  render(
    new Map([
      ...withKnownSeries(seriesOf(VARIED_RECORDS)),
      ['gateway_active_requests', [{ kind: 'value', labels: { provider: 'bedrock' }, value: 3n }]],
    ]),
  );
