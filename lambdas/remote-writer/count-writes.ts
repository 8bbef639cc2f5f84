import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { lanePk } from '../core/counters/lanes';
import type { CounterTable } from '../core/counters/read-partition';
import { toSeriesKey } from '../core/counters/series-key';
import { toAmount } from '../core/telemetry/metric';
import type { MetricName } from '../core/telemetry/metrics';
import { METRICS } from '../core/telemetry/metrics';
import type { Written } from './write-slot';

/** An item of its own among the series: the aggregator's transactions never meet it. */
const ITEM = { pk: { S: lanePk(0) }, sk: { S: 'remote-write' } };

const attributeOf = (name: MetricName, labels: Record<string, string> = {}) => toSeriesKey(name, labels).attribute;

/** Counts what became of a slot as series of the gateway, which the next slot writes. A slot that has been counted is not counted again. */
export const createCountWrites =
  ({ client, table }: CounterTable) =>
  async (slot: number, { samples, failed }: Written): Promise<void> => {
    const additions = [
      { attribute: attributeOf('telemetry_remote_write_samples_total'), by: samples },
      ...failed.map(({ reason, samples: by }) => ({
        attribute: attributeOf('telemetry_remote_write_failures_total', { reason }),
        by,
      })),
    ];
    const sums = new Map<string, number>();
    for (const { attribute, by } of additions) sums.set(attribute, (sums.get(attribute) ?? 0) + by);
    await client.send(toUpdate(table, slot, { sums, isWhole: failed.length === 0 })).catch(ignoreCounted);
  };

type Outcome = { sums: ReadonlyMap<string, number>; isWhole: boolean };

const LAST_SUCCESS = 'telemetry_remote_write_last_success_timestamp_seconds';

const toUpdate = (table: string, slot: number, { sums, isWhole }: Outcome): UpdateItemCommand => {
  const entries = [...sums];
  const lastSuccess = String(toAmount(METRICS[LAST_SUCCESS].unit, slot));
  return new UpdateItemCommand({
    TableName: table,
    Key: ITEM,
    UpdateExpression: `SET slot = :slot${isWhole ? ', #last = :last' : ''} ADD ${entries.map((_, index) => `#${index} :${index}`).join(', ')}`,
    ConditionExpression: 'attribute_not_exists(slot) OR slot < :slot',
    ExpressionAttributeNames: {
      ...(isWhole ? { '#last': attributeOf(LAST_SUCCESS) } : {}),
      ...Object.fromEntries(entries.map(([attribute], index) => [`#${index}`, attribute])),
    },
    ExpressionAttributeValues: {
      ':slot': { N: String(slot) },
      ...(isWhole ? { ':last': { N: lastSuccess } } : {}),
      ...Object.fromEntries(entries.map(([, by], index) => [`:${index}`, { N: String(by) }])),
    },
  });
};

const ignoreCounted = (error: unknown): void => {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
};
