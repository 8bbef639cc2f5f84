import type { LabelName } from './label-values';

/**
 * Units of metric values. Amounts are measured and stored as integers of 10^-decimals of the unit, so that sums are
 * exact: microseconds, nano-dollars. `cloudWatch` is the unit there, and how many of it one of this unit is: times are in
 * milliseconds there, as in the log, where the same values stand.
 */
export const UNITS = {
  count: { decimals: 0, cloudWatch: { unit: 'Count', perUnit: 1 } },
  seconds: { decimals: 6, cloudWatch: { unit: 'Milliseconds', perUnit: 1_000 } },
  usd: { decimals: 9, cloudWatch: { unit: 'None', perUnit: 1 } },
  bytes: { decimals: 0, cloudWatch: { unit: 'Bytes', perUnit: 1 } },
  /** From 0 to 1, where more than 1 is too much. */
  ratio: { decimals: 6, cloudWatch: { unit: 'None', perUnit: 1 } },
  percent: { decimals: 3, cloudWatch: { unit: 'Percent', perUnit: 1 } },
  celsius: { decimals: 3, cloudWatch: { unit: 'None', perUnit: 1 } },
} as const;

/** The systems whose metrics these are a union of. */
export const SOURCE_SYSTEMS = ['FluxAI', 'Model Gateway', 'AI Platform', 'ChoreoAI', 'Proxy Agent Platform'] as const;

/**
 * What another system calls a metric. Where the name is not the metric's own it is an alias: the same values under that
 * name, so that the queries and dashboards of that system go on working.
 */
export type SourceName = {
  system: (typeof SOURCE_SYSTEMS)[number];
  name: string;
  /** The labels that the alias has; series that differ in others are added up. All of them unless said. */
  labels?: readonly LabelName[];
  /** The series that the alias is made of. */
  where?: Readonly<Partial<Record<LabelName, readonly string[]>>>;
};

type Described = {
  unit: keyof typeof UNITS;
  help: string;
  /** Each a closed set. Tenants, keys, users, sessions and ids are never labels. */
  labels: readonly LabelName[];
  /** The short name under which the counters table keeps the series. Never given to another metric. */
  stored: string;
  /**
   * The CloudWatch metrics made of this one: a name, and the label values that it is restricted to. They stand in the
   * terminal log line, where a name means the same value in the same unit whether it is a metric or a field.
   */
  emf?: Readonly<Record<string, Readonly<Partial<Record<LabelName, string>>>>>;
  sources?: readonly SourceName[];
};

type Counter = Described & { kind: 'counter' };

type Gauge = Described & {
  kind: 'gauge';
  /**
   * `derived` from counters and stores by whoever exposes it, or a `reading` that somebody reported. Readings of several
   * instances (sessions, hosts) under the same labels are combined.
   */
  origin: 'derived' | 'reading';
  combine?: 'latest' | 'sum' | 'max';
  /** How long a reading is shown after it was taken; 5 unless said. */
  freshMinutes?: number;
};

type Histogram = Described & {
  kind: 'histogram';
  /** Upper bounds in `unit`, ascending, without +Inf. */
  buckets: readonly number[];
};

export type Metric = Counter | Gauge | Histogram;

/** What a family of the catalogue is checked against. */
export type MetricTable = Readonly<Record<string, Metric>>;

/** An amount of `unit`, given as a number of it, in its integer form. */
export const toAmount = (unit: Metric['unit'], value: number): number => Math.round(value * 10 ** UNITS[unit].decimals);

/** The number of `unit` that an integer amount stands for. */
export const fromAmount = (unit: Metric['unit'], amount: number): number => amount / 10 ** UNITS[unit].decimals;
