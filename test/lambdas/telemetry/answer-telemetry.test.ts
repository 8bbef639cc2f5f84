import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { readRecord } from '../../../lambdas/core/counters/read-record';
import { GatewayError } from '../../../lambdas/core/errors';
import type { KeyScope } from '../../../lambdas/core/keys/account';
import { createPlatformRecords } from '../../../lambdas/core/ledger/platform-records';
import { MODELS } from '../../../lambdas/core/models/catalogue';
import { createGuardBatch } from '../../../lambdas/core/platform/guard-batch';
import { createAcceptReport } from '../../../lambdas/telemetry/accept-report';
import { createAnswerTelemetry } from '../../../lambdas/telemetry/answer-telemetry';
import { FULL_EVENTS, NAMES } from '../../support/a-platform-record';
import { anAccount, anApiKey } from '../../support/caller';
import { dynamoDbOfTests } from '../../support/dynamodb-local';
import { createFakeLog } from '../../support/fake-log';
import { createTable } from '../../support/tables';

const NOW = 1_795_255_200_000;

const { client } = dynamoDbOfTests();

type Intake = { scopes?: readonly KeyScope[]; account?: string; store?: Pick<DynamoDBClient, 'send'> };

const anIntake = async ({ scopes = ['telemetry'], account = 'acme', store = client }: Intake = {}, given?: string) => {
  const table = given ?? (await createTable(client, ['pk', 'sk']));
  const log = createFakeLog();
  let clock = NOW;
  let ids = 0;
  const newId = () => `id${String(++ids).padStart(14, '0')}`;
  const now = () => ++clock;
  const answer = createAnswerTelemetry({
    authenticate: async (authorization) => {
      if (authorization === undefined) throw new GatewayError('invalid_key', 'No API key was sent.');
      return { key: anApiKey({ scopes }), account: anAccount({ accountId: account }) };
    },
    accept: createAcceptReport({
      guard: createGuardBatch(NAMES),
      records: createPlatformRecords({ client: store, table, retentionDays: 30 }),
      newId,
      now,
    }),
    log,
    newId,
    now,
  });
  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const { statusCode, body: text } = await answer({
      headers: { Authorization: 'Bearer key', ...headers },
      multiValueHeaders: {},
      body: typeof body === 'string' ? body : JSON.stringify(body),
      isBase64Encoded: false,
    });
    return { status: statusCode, body: JSON.parse(text) };
  };
  const records = async () => {
    const { Items = [] } = await client.send(new ScanCommand({ TableName: table, ConsistentRead: true }));
    return Items.map((item) => unmarshall(item));
  };
  return { post, records, log, table };
};

const waited = { type: 'queue_wait', durationSeconds: 4 };
const aReport = (changes: object = {}) => ({ service: 'worker', events: [waited], ...changes });

describe('POST /v1/telemetry', () => {
  it('accepts a report and writes it as one record that the aggregator can read', async () => {
    const { post, records } = await anIntake();

    const { status, body } = await post({ service: 'worker', events: FULL_EVENTS });

    const [item, ...others] = await records();
    expect([status, body]).toEqual([202, { id: item?.pk, accepted: FULL_EVENTS.length, overflowed: [] }]);
    expect(others).toEqual([]);
    expect(item).toMatchObject({ sk: 'record', expiresAt: NOW / 1000 + 30 * 86_400 });
    expect(readRecord(item)).toMatchObject({
      kind: 'platform',
      requestId: body.id,
      accountId: 'acme',
      keyId: 'key1',
      service: 'worker',
      overflow: [],
    });
    expect(readRecord(item)).toHaveProperty('events.length', FULL_EVENTS.length);
  });

  it('says which names it did not know, and keeps none of them', async () => {
    const { post, records } = await anIntake();

    const { body } = await post(aReport({ events: [waited, { type: 'task', taskType: 'secret', status: 'success' }] }));

    expect(body).toMatchObject({ accepted: 2, overflowed: [{ path: 'events.1.taskType', label: 'task_type' }] });
    expect(JSON.stringify(await records())).not.toContain('secret');
  });

  it.each([
    ['the header Idempotency-Key', aReport(), { 'Idempotency-Key': 'report-7' }],
    ['the field id', aReport({ id: 'report-7' }), {}],
  ])('answers a repeat under %s with 200 and the same id, and writes nothing', async (_, report, headers) => {
    const { post, records } = await anIntake();

    const first = await post(report, headers);
    const before = await records();
    const second = await post(report, headers);

    expect([first.status, second.status]).toEqual([202, 200]);
    expect(second.body).toEqual(first.body);
    expect(await records()).toEqual(before);
  });

  it('does not take another report under the same key', async () => {
    const { post } = await anIntake();

    await post(aReport({ id: 'report-7' }));
    const { status, body } = await post(aReport({ id: 'report-7', service: 'mcp' }));

    expect([status, body.error.code, body.error.param]).toEqual([400, 'invalid_request', 'idempotency-key']);
  });

  it('keeps the keys of accounts apart', async () => {
    const acme = await anIntake();
    const other = await anIntake({ account: 'other' }, acme.table);

    const first = await acme.post(aReport({ id: 'report-7' }));
    const second = await other.post(aReport({ id: 'report-7' }));

    expect([first.status, second.status]).toEqual([202, 202]);
    expect(await acme.records()).toHaveLength(2);
  });

  it('writes once when reports under one key come at the same time', async () => {
    const { post, records } = await anIntake();

    const answers = await Promise.all(Array.from({ length: 8 }, () => post(aReport({ id: 'report-7' }))));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 202]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await records()).toHaveLength(1);
  });

  it.each<[string, number, string, unknown, Record<string, string>]>([
    ['no JSON', 400, 'invalid_request', '{"service":', {}],
    ['an empty body', 400, 'invalid_request', '', {}],
    ['a field at fault', 400, 'invalid_request', aReport({ events: [{ type: 'queue_wait' }] }), {}],
    ['an odd key', 400, 'invalid_request', aReport(), { 'Idempotency-Key': 'a b' }],
    ['two keys', 400, 'invalid_request', aReport({ id: 'a' }), { 'Idempotency-Key': 'b' }],
    ['another media type', 415, 'unsupported_media_type', aReport(), { 'Content-Type': 'text/csv' }],
    ['a compressed body', 415, 'unsupported_media_type', aReport(), { 'Content-Encoding': 'gzip' }],
    ['too large a body', 413, 'request_too_large', aReport({ service: 'x'.repeat(205_000) }), {}],
  ])('refuses %s with %i, and writes nothing', async (_, status, code, report, headers) => {
    const { post, records, log } = await anIntake();

    const answer = await post(report, headers);

    expect(answer).toMatchObject({ status, body: { error: { code, correlation_id: expect.any(String) } } });
    expect(await records()).toEqual([]);
    expect(log.events).toMatchObject([
      { name: 'request_error', fields: { endpoint: '/v1/telemetry', status_code: status } },
    ]);
  });

  it('refuses a key without the scope, and names the scope', async () => {
    const { post } = await anIntake({ scopes: ['chat', 'metrics'] });

    const { status, body } = await post(aReport());

    expect([status, body.error.code]).toEqual([403, 'missing_scope']);
    expect(body.error.message).toContain('"telemetry"');
  });

  it('asks for another try when the ledger cannot be written', async () => {
    const failing = {
      send: async () => {
        throw new Error('Throttled.');
      },
    };
    const { post } = await anIntake({ store: failing });

    const { status, body } = await post(aReport());

    expect([status, body.error.code]).toEqual([503, 'store_unavailable']);
  });

  describe('of more series than one record may touch', () => {
    const events = MODELS.flatMap(({ id }) =>
      ['us-east-1', 'eu-west-1'].map((region) => ({
        type: 'gateway_request',
        model: id,
        region,
        status: 'success',
        durationSeconds: 1,
      })),
    );
    const report = { id: 'report-7', service: 'worker', events };

    it('writes several records, once', async () => {
      const { post, records } = await anIntake();

      const first = await post(report);
      const before = await records();
      const second = await post(report);

      expect([first.status, second.status]).toEqual([202, 200]);
      expect(before.length).toBeGreaterThan(1);
      expect(await records()).toEqual(before);
    });

    it('writes none of them under a key that another report has taken', async () => {
      const { post, records } = await anIntake();

      await post(aReport({ id: 'report-7' }));
      const { status } = await post(report);

      expect(status).toBe(400);
      expect(await records()).toHaveLength(1);
    });

    it('writes them with the second try when the first one failed', async () => {
      let tries = 0;
      const failingOnce: Pick<DynamoDBClient, 'send'> = Object.create(client, {
        send: {
          value: async (command: ScanCommand) => {
            tries += 1;
            if (tries === 1) throw new Error('The connection broke.');
            return client.send(command);
          },
        },
      });
      const { post, records } = await anIntake({ store: failingOnce });

      const first = await post(report);
      const before = await records();
      const second = await post(report);

      expect([first.status, second.status]).toEqual([503, 202]);
      expect(before).toEqual([]);
      expect((await records()).length).toBeGreaterThan(1);
    });
  });
});
