import type { ConsumptionReport } from '../consumption/measure';
import { PRICES } from '../consumption/prices';
import { toMarkdownTable } from './markdown-table';

const units = (value: number): string => value.toFixed(2);
const usd = (value: number): string => `$${value.toFixed(2)}`;

/** What one request of each kind consumes. */
export const consumptionTable = ({ kinds }: ConsumptionReport): string =>
  toMarkdownTable(
    [
      'Kind of request',
      'store calls',
      'write units',
      'read units',
      'log bytes',
      'access log bytes',
      'aggregator write units',
    ],
    kinds.map(({ kind, consumption }) => [
      kind,
      units(consumption.storeCalls),
      units(consumption.writeUnits),
      units(consumption.readUnits),
      consumption.logBytes.toFixed(0),
      consumption.accessLogBytes.toFixed(0),
      units(consumption.aggregation.writeUnits),
    ]),
  );

/** What a million of each kind costs, the model excluded. */
export const costTable = ({ kinds, memoryMegabytes }: ConsumptionReport): string =>
  toMarkdownTable(
    [
      'A million requests',
      `function runs, s at ${memoryMegabytes} MB`,
      'REST API',
      'Lambda',
      'DynamoDB',
      'logs, traces',
      'total',
    ],
    kinds.map(({ kind, seconds, cost }) => [
      kind,
      String(seconds),
      usd(cost.api),
      usd(cost.lambda),
      usd(cost.dynamo),
      usd(cost.logs),
      usd(cost.total),
    ]),
  );

/** The prices behind the costs, with their day and source. */
export const priceTable = (): string =>
  toMarkdownTable(
    ['Price, us-east-1', 'USD', 'as of', 'source'],
    Object.values(PRICES).map(({ usd: price, per, unit, asOf, source }) => [
      per === 1 ? `one ${unit}` : `${per.toLocaleString('en-US')} ${unit}`,
      String(price),
      asOf,
      source,
    ]),
  );
