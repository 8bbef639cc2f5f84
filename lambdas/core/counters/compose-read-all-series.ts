import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createCountActive } from './active-requests';
import { createReadAllSeries, type ReadAllSeries } from './read-all-series';
import { createReadCounters } from './read-counters';
import { createReadings } from './readings';
import { createReadRecent } from './recent';
import { createSessions } from './sessions';
import { createReadSpend } from './spend';

export type ComposeReadAllSeriesDeps = {
  client: Pick<DynamoDBClient, 'send'>;
  countersTable: string;
  ledgerTable: string;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** `createReadAllSeries` over the counters and ledger tables. */
export const composeReadAllSeries = ({
  client,
  countersTable,
  ledgerTable,
  now,
}: ComposeReadAllSeriesDeps): ReadAllSeries => {
  const counters = { client, table: countersTable, now };
  return createReadAllSeries({
    readCounters: createReadCounters(counters),
    readRecent: createReadRecent(counters),
    readSpend: createReadSpend(counters),
    readReadings: createReadings(counters).read,
    countSessions: createSessions(counters).count,
    countActive: createCountActive({ client, ledgerTable, now }),
  });
};
