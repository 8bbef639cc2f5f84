import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import OpenAI from 'openai';
import * as v from 'valibot';
import type { RequestRecord } from '../../../lambdas/core/ledger/record';
import type { PlatformRecord } from '../../../lambdas/core/platform/record';
import { createKey, type NewKey } from '../../e2e/support/keys';
import { readSamples, type Sample } from '../../e2e/support/prometheus';
import { send } from '../../e2e/support/send';
import { readTable } from '../../e2e/support/tables';
import { createAssemblyWithEnvironment } from '../../support/assembly-with-environment';
import { type LocalMachine, startLocalMachine } from '../../support/local-machine';
import { NAMES, REPORTED } from './reports';

/** The local machine, with what this check does to it. */
export type Gateway = {
  machine: LocalMachine;
  /** An OpenAI client, with a key of its own, that does not retry. */
  newClient(key?: NewKey): Promise<OpenAI>;
  /** A client of the DynamoDB of the machine, as the operator, and its tables. */
  database(): { client: DynamoDBClient; countersTable: string; ledgerTable: string };
  /** Every record, and how many requests are under way. */
  readLedger(): Promise<{ records: RequestRecord[]; reports: PlatformRecord[]; underWay: number }>;
  /** Reports what services around the gateway have seen. */
  report(): Promise<void>;
  /** What GET /metrics says now. */
  readMetrics(): Promise<Sample[]>;
  /** The `Authorization` header of a key that may read metrics. */
  authorization: string;
};

const record = v.custom<RequestRecord>(
  (item) => typeof item === 'object' && item !== null && 'sk' in item && item.sk === 'record' && 'attempts' in item,
);

const report = v.custom<PlatformRecord>(
  (item) => typeof item === 'object' && item !== null && 'kind' in item && item.kind === 'platform',
);

/** Boots the machine, with a model that answers at once unless its prompt says otherwise. Stop `machine` in the end. */
export const startGateway = async (): Promise<Gateway> => {
  // It is scraped more often than a deployment would be.
  const assembly = createAssemblyWithEnvironment({
    METRICS_CACHE_SECONDS: '0',
    TELEMETRY_NAMES: JSON.stringify(NAMES),
  });
  const machine = await startLocalMachine({ synthesise: assembly.synthesise });
  machine.simulator?.control.setPace({ firstEventMs: 1, eventMs: 0 });
  const { key } = await createKey(machine, { scopes: ['metrics'] });
  const authorization = `Bearer ${key}`;
  const reporter = await createKey(machine, { scopes: ['telemetry'] });
  const tableOf = (construct: string): string => {
    const table = machine.assembly.tables.find(({ name }) => name.includes(construct));
    if (table === undefined) throw new Error(`The stack has no table ${construct}.`);
    return table.name;
  };
  const stop = async (): Promise<void> => {
    await machine.stop();
    assembly.remove();
  };
  return {
    machine: { ...machine, stop },
    newClient: async (options) => {
      const { key } = await createKey(machine, options);
      return new OpenAI({ baseURL: `${machine.url}/v1`, apiKey: key, maxRetries: 0 });
    },
    database: () => ({
      client: new DynamoDBClient({
        endpoint: machine.awsProxy.url,
        region: machine.assembly.place.region,
        credentials: machine.operator,
      }),
      countersTable: tableOf('Counters'),
      ledgerTable: tableOf('Ledger'),
    }),
    readLedger: async () => {
      const items = await readTable(machine, 'Ledger');
      const underWay = items.filter(({ pk }) => String(pk).startsWith('inflight#')).length;
      return {
        records: items.flatMap((item) => (v.is(record, item) ? [item] : [])),
        reports: items.flatMap((item) => (v.is(report, item) ? [item] : [])),
        underWay,
      };
    },
    authorization,
    report: async () => {
      const { status, body } = await send(machine.url, {
        method: 'POST',
        path: '/v1/telemetry',
        headers: { authorization: `Bearer ${reporter.key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ service: 'worker', events: REPORTED }),
      });
      if (status !== 202) throw new Error(`POST /v1/telemetry answers ${status}: ${body}`);
    },
    readMetrics: async () => {
      const headers = { authorization, 'cache-control': 'no-cache' };
      const { status, body } = await send(machine.url, { path: '/metrics', headers });
      if (status !== 200) throw new Error(`GET /metrics answers ${status}: ${body}`);
      return readSamples(body);
    },
  };
};
