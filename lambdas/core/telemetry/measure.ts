import type { LedgerRecord, RequestRecord } from '../ledger/record';
import { toLabelValue } from './label-values';
import { ofAttempts } from './measure/of-attempts';
import { ofCacheAndRouting } from './measure/of-cache-and-routing';
import { ofCorrection } from './measure/of-correction';
import { ofRequest } from './measure/of-request';
import { ofUsage } from './measure/of-usage';
import type { Measurement, Observation } from './metrics';

/**
 * What a record adds to the metrics: the only place where a metric value is computed. EMF and the counters both come
 * from its result, so they are one number. Labels hold nothing but values of the catalogue.
 */
export const measure = (record: LedgerRecord): Measurement[] =>
  record.kind === 'request'
    ? observe(record).map((observation) => ({ ...guarded(observation), times: record.count }))
    : ofCorrection(observe(record.abandoned).map(guarded), observe(record.actual).map(guarded)).map((observation) => ({
        ...observation,
        times: record.actual.count,
      }));

const observe = (record: RequestRecord): Observation[] => [
  ...ofRequest(record),
  ...ofAttempts(record),
  ...ofUsage(record),
  ...ofCacheAndRouting(record),
];

const guarded = <O extends Observation>(observation: O): O => {
  const labels: Record<string, string> = {};
  for (const [label, value] of Object.entries(observation.labels)) labels[label] = toLabelValue(label, value);
  return { ...observation, labels };
};
