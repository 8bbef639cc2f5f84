import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { createAggregate } from '../../lambdas/aggregator/aggregate';
import { createApplyRecords } from '../../lambdas/core/counters/apply-records';
import { createDynamoDbCounterStore } from '../../lambdas/core/counters/dynamodb-counter-store';
import { createNotePresent } from '../../lambdas/core/counters/note-present';
import { readRecord } from '../../lambdas/core/counters/read-record';
import { createReadings } from '../../lambdas/core/counters/readings';
import { createSessions } from '../../lambdas/core/counters/sessions';
import type { RequestRecord } from '../../lambdas/core/ledger/record';
import { createReportRequest } from '../../lambdas/core/telemetry/report-request';
import { createFakeLog } from '../support/fake-log';
import { createGatewayTables, createTestGateway, type GatewayTables, sweep } from '../support/gateway';
import { createTable } from '../support/tables';
import { replayedEvents } from './feed';
import { KINDS, killing, kindOf, scriptOf } from './mixed-load';

const AT_ONCE = 24;
const MINUTE_MS = 60_000;

/** Runs `work` for the numbers below `count`, some of them at once. */
const forEachBelow = async (count: number, work: (index: number) => Promise<void>): Promise<void> => {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
};

/** The ledger after `requests` mixed requests and the sweep of those that died, and the lines that were written meanwhile. */
export const runLoad = async (client: DynamoDBClient, requests: number) => {
  const tables = await createGatewayTables(client);
  const lines: string[] = [];
  const log = createFakeLog();
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const report = createReportRequest({
    namespace: 'Fluxgate',
    service: 'fluxgate',
    name: 'gateway',
    level: 'INFO',
    logRequests: true,
    write: (line) => void lines.push(line),
    onFirst: () => {},
    log,
    now,
  });
  const gateway = createTestGateway({ client: killing(client, tables), tables, script: scriptOf, now, report });
  await forEachBelow(requests, async (index) => {
    const { caller, body } = kindOf(index);
    await gateway.send(caller, body(index));
  });
  // Refusals that were rolled up come with the next request after their minute.
  ahead += MINUTE_MS;
  const [first] = KINDS;
  if (first) await gateway.send(first.caller, first.body(requests));
  await sweep(client, tables, now() + 20 * MINUTE_MS, async (record) =>
    report(record, { ...record, sessionId: record.sessionId, traceId: record.traceId }),
  );
  return { sent: requests + 1, lines, failures: log.events, records: await readLedger(client, tables) };
};

const readLedger = async (client: DynamoDBClient, { ledger }: GatewayTables): Promise<RequestRecord[]> => {
  const records: RequestRecord[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: ledger })) {
    for (const item of Items) {
      const record = readRecord(unmarshall(item));
      if (record.kind === 'request') records.push(record);
    }
  }
  return records;
};

/** A counters table that has been fed the records, again and again. */
export const countRecords = async (client: DynamoDBClient, records: readonly RequestRecord[]) => {
  const table = await createTable(client, ['pk', 'sk']);
  const counters = { client, table, now: Date.now };
  const aggregate = createAggregate({
    apply: createApplyRecords({
      store: createDynamoDbCounterStore({ ...counters, markerRetentionDays: 35 }),
      random: Math.random,
      pause: async () => {},
    }),
    notePresent: createNotePresent({
      noteReadings: createReadings(counters).note,
      noteSessions: createSessions(counters).note,
    }),
    publish: async () => {},
    log: createFakeLog(),
    now: Date.now,
  });
  const events = replayedEvents(records);
  const shards = [0, 1].map((shard) => events.filter((_, index) => index % 2 === shard));
  await Promise.all(
    shards.map(async (shard) => {
      for (const event of shard) await aggregate(event, { awsRequestId: 'agreement' });
    }),
  );
  return counters;
};
