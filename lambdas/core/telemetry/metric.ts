import type { LabelName } from './label-values';

/**
 * Units of metric values. Amounts are measured and stored as integers of 10^-decimals of the unit, so that sums are
 * exact: microseconds, nano-dollars. `cloudWatch` is the unit's name there.
 */
export const UNITS = {
  count: { decimals: 0, cloudWatch: 'Count' },
  seconds: { decimals: 6, cloudWatch: 'Seconds' },
  usd: { decimals: 9, cloudWatch: 'None' },
  bytes: { decimals: 0, cloudWatch: 'Bytes' },
} as const;

type Described = {
  unit: keyof typeof UNITS;
  help: string;
  /** Each a closed set. Tenants, keys, users, sessions and ids are never labels. */
  labels: readonly LabelName[];
  /** The short name under which the counters table keeps the series. Never given to another metric. */
  stored: string;
  /** The CloudWatch metrics made of this one: a name, and the label values that it is restricted to. */
  emf: Readonly<Record<string, Readonly<Partial<Record<LabelName, string>>>>>;
};

type Histogram = Described & {
  kind: 'histogram';
  /** Upper bounds in `unit`, ascending, without +Inf. */
  buckets: readonly number[];
};

export type Metric = (Described & { kind: 'counter' | 'gauge' }) | Histogram;

/** What a family of the catalogue is checked against. */
export type MetricTable = Readonly<Record<string, Metric>>;

/** An amount of `unit`, given as a number of it, in its integer form. */
export const toAmount = (unit: Metric['unit'], value: number): number => Math.round(value * 10 ** UNITS[unit].decimals);

/** The number of `unit` that an integer amount stands for. */
export const fromAmount = (unit: Metric['unit'], amount: number): number => amount / 10 ** UNITS[unit].decimals;
