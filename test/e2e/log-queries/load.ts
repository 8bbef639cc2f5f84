import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createInFlightItems } from '../../../lambdas/core/ledger/in-flight';
import { anAbandonedRecord } from '../../support/a-request-record';
import { runLoad } from '../metrics/load';
import { aChat, refusalOf } from '../support/chats';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import type { TestKey } from '../support/keys';
import { requestIdOf } from '../support/settled';

export type QueriedLoad = {
  key: TestKey;
  /** Ids of requests by what is special about them. */
  ids: Readonly<Record<'slow' | 'expensive' | 'fallback' | 'failed' | 'withoutCache', string>>;
  /** Refused before an account was known: one at a model's route, one each at those for metrics and for reports. */
  strangers: number;
};

const WEEK_MS = 7 * 86_400_000;

/** The load that the metrics are tested with, and the requests that only somebody who searches logs would notice. */
export const runQueriedLoad = async (gateway: GatewayUnderTest): Promise<QueriedLoad> => {
  await runLoad(gateway);
  const key = await gateway.createKey({ account: 'queried', cache: true });
  const ask = (content: string, changes: Parameters<typeof aChat>[1] = {}, headers: Record<string, string> = {}) =>
    gateway.clientOf(key).chat.completions.create(aChat(content, { user: 'user-123', ...changes }), { headers });
  const idOf = async (asked: ReturnType<typeof ask>) => requestIdOf((await asked.withResponse()).response);

  const slow = idOf(ask('[[think:5100]]'));
  const expensive = idOf(ask('[[cache:write5m=300000]]', { model: 'claude-opus-4-6' }));
  const chain = { 'x-correlation-id': 'a-chain-about-tracing', 'x-session-id': 'queried-session' };
  const fallback = idOf(ask('[[fault:status=503 model=nova-lite]]', { model: 'fast' }, chain));
  const refused = await refusalOf(ask('[[fault:status=503]] in vain', {}, chain));
  const failed = requestIdOf({ headers: refused.headers });
  const withoutCache = await askWithoutCache(gateway, () => idOf(ask('No cache today.')));
  await leaveDeadRequests(gateway);
  await gateway.send({ path: '/metrics' });
  await gateway.send({ method: 'POST', path: '/v1/telemetry', body: '{}' });
  await gateway.manage('keys.revoke', { keyId: 'nobody' });
  const ids = { slow: await slow, expensive: await expensive, fallback: await fallback, failed, withoutCache };
  return { key, ids, strangers: 3 };
};

/** Every read of the cache fails for as long as one request needs it. */
const askWithoutCache = async (gateway: GatewayUnderTest, ask: () => Promise<string>): Promise<string> => {
  const { faults } = gateway.machine().awsProxy;
  const table = tableOf(gateway, 'Cache');
  const rule = faults.add({ service: 'dynamodb', operation: 'GetItem', table, kind: 'throttle', times: 100 });
  try {
    return await ask();
  } finally {
    faults.remove(rule);
  }
};

/** Two requests whose process died, one of them so long ago that CloudWatch takes no metrics of that time. */
const leaveDeadRequests = async (gateway: GatewayUnderTest): Promise<void> => {
  const { awsProxy, operator, assembly, invoke, functionName } = gateway.machine();
  const options = { endpoint: awsProxy.url, region: assembly.place.region, credentials: operator };
  const client = new DynamoDBClient(options);
  const inFlight = createInFlightItems({ client, table: tableOf(gateway, 'Ledger') });
  const open = (requestId: string, startedAt: number) =>
    inFlight.open({
      requestId,
      leaseEndsAt: Date.now() - 1_000,
      draft: anAbandonedRecord({ requestId, correlationId: requestId, startedAt }),
      scopes: [],
      hold: { id: requestId, nanoUsd: 1_000 },
      earlier: [],
    });
  await open('died-just-now', Date.now() - 2_000);
  await open('died-long-ago', Date.now() - 3 * WEEK_MS);
  await invoke(functionName('Sweeping'), Buffer.from('{}'));
  client.destroy();
};

const tableOf = (gateway: GatewayUnderTest, construct: string): string => {
  const name = gateway.machine().assembly.tables.find((table) => table.name.includes(construct))?.name;
  if (name === undefined) throw new Error(`The stack has no table ${construct}.`);
  return name;
};
