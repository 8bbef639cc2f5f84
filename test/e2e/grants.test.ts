import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createInFlightItems } from '../../lambdas/core/ledger/in-flight';
import { createLimits } from '../../lambdas/core/ledger/limits';
import { anAbandonedRecord, aRequestRecord } from '../support/a-request-record';
import { aStreamEvent } from '../support/a-stream-event';
import { bootGateway } from './support/gateway-under-test';
import { until } from './support/until';

const gateway = bootGateway();

/** Granted actions that nothing here can make use of, and why. */
const REASONED: Record<string, string> = {
  'dynamodb:ListStreams': 'Lambda’s own poller asks for it; the local one is told the stream',
  's3:ListBucket': 'Lambda looks at the bucket when it keeps a failure there; the local poller just puts',
};
const PLATFORM = /^(logs|xray|kms):/;

const tableOf = (construct: string): string => {
  const name = gateway.machine().assembly.tables.find((table) => table.name.includes(construct))?.name;
  if (name === undefined) throw new Error(`The stack has no table ${construct}.`);
  return name;
};
const asOperator = () => ({
  endpoint: gateway.machine().awsProxy.url,
  region: gateway.machine().assembly.place.region,
  credentials: gateway.machine().operator,
});
const run = (construct: string) =>
  gateway.machine().invoke(gateway.machine().functionName(construct), Buffer.from('{}'));
const ask = (model: string, content: string) => ({
  model,
  max_tokens: 50,
  messages: [{ role: 'user' as const, content }],
});

const useTheApi = async (): Promise<void> => {
  const { client, key } = await gateway.newClient({
    scopes: ['chat', 'metrics', 'telemetry'],
    cache: true,
    budget: { nanoUsd: 1e9, period: 'month' },
  });
  const { _request_id: requestId } = await client.chat.completions.create(ask('claude-haiku-4-5', 'hello'), {
    headers: { 'x-session-id': 'a-session-that-is-counted' },
  });
  await client.chat.completions.create(ask('smart', '[[fault:status=503 model=sonnet-4-6]]'));
  await client.chat.completions.create(ask('gpt-oss-20b', 'whole, for it does not stream'));
  await gateway.record(key, requestId ?? '');
  await gateway.send({ path: '/metrics', headers: { authorization: `Bearer ${key.key}` } });
  await gateway.send({
    path: `/metrics/stats?account=${key.account}`,
    headers: { authorization: `Bearer ${key.key}` },
  });
  await gateway.send({
    method: 'POST',
    path: '/v1/telemetry',
    headers: { authorization: `Bearer ${key.key}` },
    body: JSON.stringify({ service: 'worker', events: [{ type: 'queue_wait', durationSeconds: 1 }] }),
  });
  await gateway.manage('keys.list', {});
  await gateway.manage('keys.list', { account: key.account });
  await gateway.manage('accounts.get', { account: key.account });
  await gateway.manage('keys.revoke', { keyId: key.keyId });
};

/** Leaves a request behind whose process died while it held something, and has it swept. */
const sweepADeadRequest = async (): Promise<void> => {
  const client = new DynamoDBClient(asOperator());
  const scope = { pk: 'key#dead', limits: { budget: { nanoUsd: 1e9, period: 'month' as const } } };
  const hold = { id: 'dead', requests: 1 as const, tokens: 10, nanoUsd: 1_000, takenAt: Date.now() };
  await createLimits({ client, table: tableOf('Limits'), now: Date.now }).take(scope, hold);
  await createInFlightItems({ client, table: tableOf('Ledger') }).open({
    requestId: 'dead',
    leaseEndsAt: Date.now() - 1_000,
    draft: anAbandonedRecord({ requestId: 'dead' }),
    scopes: [scope],
    hold,
    earlier: [],
  });
  await run('Sweeping');
  client.destroy();
};

/** A record that nobody can read ends in the bucket of failures; a failure that can be read is fed again from there. */
const failAndReconcile = async (): Promise<void> => {
  const dynamo = new DynamoDBClient(asOperator());
  const s3 = new S3Client(asOperator());
  const [bucket] = gateway.machine().assembly.buckets;
  await dynamo.send(
    new PutItemCommand({
      TableName: tableOf('Ledger'),
      Item: { pk: { S: 'odd' }, sk: { S: 'record' }, schema: { N: '99' } },
    }),
  );
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket?.name,
      Key: 'failure',
      Body: JSON.stringify({ payload: aStreamEvent([aRequestRecord({ requestId: 'failed-once' })]) }),
    }),
  );
  await run('Reconciling');
  const aggregator = gateway.machine().functionName('UsageAggregation');
  await until(
    'the failure is kept in the bucket',
    async () =>
      gateway
        .machine()
        .awsProxy.decisions.allowed(aggregator)
        .some((pair) => pair.startsWith('s3:PutObject')) || undefined,
    60_000,
  );
  dynamo.destroy();
  s3.destroy();
};

it('every action that a role grants is used, or has a reason', async () => {
  await useTheApi();
  await sweepADeadRequest();
  await failAndReconcile();
  await run('RemoteWriting');

  const { awsProxy, principals } = gateway.machine();
  const unused = principals.flatMap(({ name, statements }) => {
    if (statements === 'allow-all') return [];
    const used = new Set(awsProxy.decisions.allowed(name).map((pair) => pair.split(' ')[0]));
    return statements
      .flatMap(({ Action = [] }) => Action)
      .filter((action) => !used.has(action) && !PLATFORM.test(action) && !(action in REASONED))
      .map((action) => `${name}: ${action}`);
  });
  expect([...new Set(unused)]).toEqual([]);
  expect(awsProxy.decisions.denied()).toEqual([]);
}, 180_000);
