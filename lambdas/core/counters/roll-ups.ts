import type { LedgerRecord } from '../ledger/record';
import { minuteOf } from '../ledger/windows';
import { measure } from '../telemetry/measure';
import type { Measurement } from '../telemetry/metrics';
import type { Increments } from './counter-store';

/** The families of roll-ups, by what they are asked for. */
export const TOTALS = 'totals';
export const accountFamily = (accountId: string): string => `account#${accountId}`;
export const monthFamily = (at: number): string => `spend#${isoOf(at).slice(0, 'yyyy-mm'.length)}`;
export const hourFamily = (at: number): string => `spend#${isoOf(at).slice(0, 'yyyy-mm-ddThh'.length)}`;
export const dayAttribute = (at: number): string => `day${isoOf(at).slice('yyyy-mm-'.length, 'yyyy-mm-dd'.length)}`;
export const minuteFamily = (minute: number): string => `minute#${minute}`;

const isoOf = (at: number): string => new Date(at).toISOString();

/**
 * What a record adds to the roll-ups: totals of everything and of its account, spend by month, day and hour, and what
 * ratios of the last minutes are made of. All of it is measured like the series, but follows corrections down as well.
 */
export const rollUps = (record: LedgerRecord): Increments => {
  const sums: Sums = new Map();
  for (const { by, of } of signedParts(record)) addPart(sums, by, of);
  return sums;
};

type Sums = Map<string, Map<string, number>>;
type Counted = Exclude<LedgerRecord, { kind: 'correction' }>;

/** A correction takes back what the abandoned record had added. */
const signedParts = (record: LedgerRecord): { by: 1 | -1; of: Counted }[] =>
  record.kind === 'correction'
    ? [
        { by: 1, of: record.actual },
        { by: -1, of: record.abandoned },
      ]
    : [{ by: 1, of: record }];

const endOf = (record: Counted): number =>
  record.kind === 'platform' ? record.receivedAt : record.startedAt + record.durationMs;

const addPart = (sums: Sums, sign: 1 | -1, record: Counted): void => {
  const at = endOf(record);
  for (const measurement of measure(record)) {
    const by = sign * measurement.amount * measurement.times;
    for (const attribute of totalsOf(measurement)) {
      add(sums, TOTALS, attribute, by);
      add(sums, accountFamily(record.accountId), attribute, by);
    }
    for (const attribute of recentOf(measurement)) add(sums, minuteFamily(minuteOf(at)), attribute, by);
    if (measurement.name !== 'gateway_cost_usd_total') continue;
    add(sums, monthFamily(at), 'month', by);
    add(sums, monthFamily(at), dayAttribute(at), by);
    add(sums, hourFamily(at), 'hour', by);
  }
};

const add = (sums: Sums, family: string, attribute: string, by: number): void => {
  const attributes = sums.get(family) ?? new Map<string, number>();
  const sum = (attributes.get(attribute) ?? 0) + by;
  if (sum === 0) attributes.delete(attribute);
  else attributes.set(attribute, sum);
  sums.set(family, attributes);
};

/** The totals that a measurement is part of. */
const totalsOf = (measurement: Measurement): string[] => {
  switch (measurement.name) {
    case 'gateway_requests_total': {
      const { provider, model, status } = measurement.labels;
      return ['requests', `outcome|${status}`, `requests|${provider}|${model}`];
    }
    case 'gateway_tokens_total': {
      const { type } = measurement.labels;
      if (type === 'cached') return [];
      return [type === 'output' ? 'output' : 'input'];
    }
    case 'gateway_cost_usd_total':
      return [`cost|${measurement.labels.provider}|${measurement.labels.model}`];
    case 'cache_savings_usd_total':
      return ['saved'];
    case 'gateway_unmetered_requests_total':
      return ['unmetered'];
    case 'gateway_rate_limit_hits_total':
      return [`limited|${measurement.labels.endpoint}`];
    default:
      return [];
  }
};

/** What ratios of the last minutes need of a measurement. */
const recentOf = (measurement: Measurement): string[] => {
  switch (measurement.name) {
    case 'gateway_provider_requests_total': {
      const { provider, model, region, status } = measurement.labels;
      return [`${status === 'success' ? 'good' : 'bad'}|${provider}|${model}|${region}`];
    }
    case 'cache_hits_total':
      return [`hit|${measurement.labels.model}`];
    case 'cache_misses_total':
      return measurement.labels.cache_type === 'all' ? [`miss|${measurement.labels.model}`] : [];
    default:
      return [];
  }
};
