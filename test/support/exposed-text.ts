import { withKnownSeries } from '../../lambdas/core/counters/known-series';
import { mergeIncrements, toCountedRecord } from '../../lambdas/core/counters/plan-chunks';
import { emptySeries, type SeriesByMetric, toSeries } from '../../lambdas/core/counters/series';
import type { LedgerRecord } from '../../lambdas/core/ledger/record';
import { closedValuesOf } from '../../lambdas/core/telemetry/label-values';
import { METRICS_BY_NAME } from '../../lambdas/core/telemetry/metrics';
import { createSnapshot, metricsPage } from '../../lambdas/exposition/text/metrics-page';
import type { TextFormat } from '../../lambdas/exposition/text/text-format';
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

/** At least one series of every metric of the catalogue: what records make, and one of its kind where they make none. */
export const everySeries = (): SeriesByMetric => {
  const counted = withKnownSeries(seriesOf(VARIED_RECORDS));
  return new Map(
    [...METRICS_BY_NAME].map(([name, metric]) => {
      const labels = metric.labels.map((label) => [label, closedValuesOf(label)?.[0] ?? 'one']);
      const series = counted.get(name) ?? [];
      return [name, series.length > 0 ? series : [emptySeries(metric, Object.fromEntries(labels))]];
    }),
  );
};

/** What GET /metrics says when everything has been seen: every family, every alias. */
export const exposedText = (format: TextFormat): string =>
  metricsPage(createSnapshot(everySeries()), { aliases: true, names: undefined }, format).body.toString('utf8');
