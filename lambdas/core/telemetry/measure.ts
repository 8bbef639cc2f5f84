import type { LedgerRecord, RequestRecord } from '../ledger/record';
import { measurePlatform } from '../platform/measure-platform';
import { ofAttempts } from './measure/of-attempts';
import { ofCacheAndRouting } from './measure/of-cache-and-routing';
import { ofCorrection } from './measure/of-correction';
import { ofOverflow } from './measure/of-overflow';
import { ofRequest } from './measure/of-request';
import { ofUsage } from './measure/of-usage';
import type { Measurement, Observation } from './metrics';

/**
 * What a record adds to the metrics: the only place where a metric value is computed. EMF and the counters both come
 * from its result, so they are one number. Labels hold nothing but values of the catalogue.
 */
export const measure = (record: LedgerRecord): Measurement[] => {
  switch (record.kind) {
    case 'request':
      return observe(record).map((observation) => ({ ...observation, times: record.count }));
    case 'correction':
      return ofCorrection(observe(record.abandoned), observe(record.actual)).map((observation) => ({
        ...observation,
        times: record.actual.count,
      }));
    case 'platform':
      return measurePlatform(record);
  }
};

const observe = (record: RequestRecord): Observation[] => [
  ...ofRequest(record),
  ...ofAttempts(record),
  ...ofUsage(record),
  ...ofCacheAndRouting(record),
  ...ofOverflow(record),
];
