import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { minuteOf } from '../ledger/windows';
import { type Metric, toAmount } from '../telemetry/metric';
import { METRICS_BY_NAME } from '../telemetry/metrics';
import { type CounterTable, type Item, readPartition } from './read-partition';

/** What a gauge showed. */
export type GaugeReading = {
  metric: string;
  labels: Readonly<Record<string, string | undefined>>;
  /** A number of the metric's unit. */
  value: number;
  /** Milliseconds since the epoch. */
  at: number;
  /** Who read it, when more than one does. */
  instance?: string;
  /** The highest of its minute is kept, whoever read it; otherwise the latest of its instance. */
  peak?: true;
};

/** A reading as it is kept: an integer amount of the metric's unit. */
export type StoredReading = Pick<GaugeReading, 'metric' | 'at'> & {
  labels: Readonly<Record<string, string>>;
  amount: bigint;
  instance: string;
};

const PARTITION = 'readings';
const FRESH_MINUTES = 5;
const MINUTE_MS = 60_000;

/**
 * The gauges that somebody reads off. The same reading may be noted any number of times, in any order: of one instance
 * the latest stands, of one minute the highest peak.
 */
export const createReadings = (to: CounterTable & { now: () => number }) => ({
  note: async (readings: readonly GaugeReading[]): Promise<void> => {
    await Promise.all([...standing(readings).values()].map((reading) => put(to, reading)));
  },

  /** The readings that are still fresh. */
  read: async (): Promise<StoredReading[]> => {
    const now = to.now();
    return (await readPartition(to, PARTITION))
      .flatMap(fromItem)
      .filter(({ metric, at }) => at > now - freshMsOf(metric));
  },
});

const freshMsOf = (name: string): number => {
  const metric = METRICS_BY_NAME.get(name);
  return MINUTE_MS * ((metric?.kind === 'gauge' ? metric.freshMinutes : undefined) ?? FRESH_MINUTES);
};

const metricOf = (name: string): Metric => {
  const metric = METRICS_BY_NAME.get(name);
  if (metric?.kind !== 'gauge') throw new Error(`The catalogue has no gauge "${name}".`);
  return metric;
};

const keyOf = ({ metric, labels, instance = '', peak, at }: GaugeReading): string =>
  JSON.stringify([
    metricOf(metric).stored,
    metricOf(metric).labels.map((label) => labels[label] ?? ''),
    peak ? `minute ${minuteOf(at)}` : instance,
  ]);

const beats = (one: GaugeReading, other: GaugeReading): boolean =>
  one.peak ? one.value > other.value : one.at >= other.at;

/** Of several readings of one item, the one that stands. */
const standing = (readings: readonly GaugeReading[]): ReadonlyMap<string, GaugeReading> => {
  const found = new Map<string, GaugeReading>();
  for (const reading of readings) {
    const other = found.get(keyOf(reading));
    if (other === undefined || beats(reading, other)) found.set(keyOf(reading), reading);
  }
  return found;
};

const put = async ({ client, table }: CounterTable, reading: GaugeReading): Promise<void> => {
  const { metric, value, at, peak } = reading;
  const amount = toAmount(metricOf(metric).unit, value);
  const expiresAt = Math.floor((at + freshMsOf(metric)) / 1000) + 3_600;
  try {
    await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: { pk: { S: PARTITION }, sk: { S: keyOf(reading) } },
        UpdateExpression: 'SET #amount = :amount, #at = :at, expiresAt = :expiresAt',
        ConditionExpression: `attribute_not_exists(#at) OR ${peak ? '#amount < :amount' : '#at <= :at'}`,
        ExpressionAttributeNames: { '#amount': 'amount', '#at': 'at' },
        ExpressionAttributeValues: {
          ':amount': { N: toDigits(amount) },
          ':at': { N: String(at) },
          ':expiresAt': { N: String(expiresAt) },
        },
      }),
    );
  } catch (error) {
    // A later reading, or a higher peak, is there already.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
};

/** Digits only: an amount may be as large as is written with an exponent otherwise. */
const toDigits = (amount: number): string => String(BigInt(amount));

const BY_STORED_NAME = new Map(
  [...METRICS_BY_NAME].map(([name, metric]) => [metric.stored, { name, metric }] as const),
);

/** Nothing for what the catalogue no longer has. */
const fromItem = ({ sk, amount, at }: Item): StoredReading[] => {
  const key: unknown = JSON.parse(sk?.S ?? '[]');
  if (!Array.isArray(key)) return [];
  const [stored, values, instance] = key;
  const found = BY_STORED_NAME.get(String(stored));
  if (found === undefined || !Array.isArray(values) || values.length !== found.metric.labels.length) return [];
  const labels = Object.fromEntries(found.metric.labels.map((label, index) => [label, String(values[index])]));
  return [
    {
      metric: found.name,
      labels,
      amount: BigInt(amount?.N ?? '0'),
      at: Number(at?.N ?? '0'),
      instance: String(instance),
    },
  ];
};
