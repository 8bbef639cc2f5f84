import OpenAI from 'openai';
import { aChat, refusalOf } from '../support/chats';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import { readEvents } from '../support/logs';
import { requestIdOf, settled } from '../support/settled';
import { until } from '../support/until';

const bodyWithoutIds = (error: unknown): unknown =>
  typeof error === 'object' && error !== null ? { ...error, correlation_id: undefined } : error;

export const describeReadings = (gateway: GatewayUnderTest) =>
  describe('what can be read', () => {
    it('are the models and aliases that can be called', async () => {
      const { client } = await gateway.newClient();

      const { data } = await client.models.list();

      const ids = data.map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining(['claude-haiku-4-5', 'nova-lite', 'fast', 'smart']));
      expect(new Set(ids).size).toBe(ids.length);
      expect(data.find(({ id }) => id === 'nova-lite')).toEqual({
        id: 'nova-lite',
        object: 'model',
        created: Date.UTC(2024, 11, 3) / 1000,
        owned_by: 'amazon',
      });
    });

    it.each(['nova-lite', 'fast', 'us.amazon.nova-lite-v1:0'])('is the model %s', async (name) => {
      const { client } = await gateway.newClient();

      expect(await client.models.retrieve(name)).toMatchObject({ id: name, object: 'model', owned_by: 'amazon' });
    });

    it('is no model that nobody knows', async () => {
      const { client } = await gateway.newClient();

      const refusal = await refusalOf(client.models.retrieve('gpt-99'));

      expect(refusal).toBeInstanceOf(OpenAI.NotFoundError);
      expect(refusal).toMatchObject({ code: 'unknown_model' });
    });

    it('is the record of a request, by every key of its account and by nobody else', async () => {
      const { client, key } = await gateway.newClient();
      const sibling = await gateway.createKey({ account: key.account });
      const stranger = (await gateway.newClient()).client;
      const { response } = await client.chat.completions.create(aChat('Hello')).withResponse();
      const { record } = await settled(gateway, key, response);

      const foreign = await refusalOf(stranger.get(`/requests/${record.requestId}`));
      const unknown = await refusalOf(stranger.get('/requests/AAAAAAAAAAAAAAAA'));

      expect(record).toMatchObject({
        requestId: response.headers.get('x-fluxgate-request-id'),
        accountId: key.account,
        keyId: key.keyId,
        endpoint: '/v1/chat/completions',
        httpStatus: 200,
        outcome: 'success',
        model: 'claude-haiku-4-5',
        region: 'us-east-1',
        streamed: false,
      });
      expect(await gateway.record(sibling, record.requestId)).toEqual(record);
      expect([foreign.status, foreign.code]).toEqual([404, 'unknown_request']);
      expect(bodyWithoutIds(foreign.error)).toEqual(bodyWithoutIds(unknown.error));
    });

    it('is no record while the ledger cannot be read, which is told and logged', async () => {
      const { client } = await gateway.newClient();
      const { awsProxy } = gateway.machine();
      const operation = 'GetItem';
      awsProxy.faults.add({
        service: 'dynamodb',
        kind: 'internalError',
        keyMatch: 'BBBBBBBBBBBBBBBB',
        operation,
        times: 9,
      });

      const refusal = await refusalOf(client.get('/requests/BBBBBBBBBBBBBBBB'));

      awsProxy.faults.clear();
      const event = await until('the failure is in the log', async () =>
        readEvents(gateway.machine(), 'Gateway').find(({ request_id }) => request_id === requestIdOf(refusal)),
      );
      expect([refusal.status, refusal.code]).toEqual([503, 'store_unavailable']);
      expect(refusal.headers?.get('retry-after')).toBe('1');
      expect(event).toMatchObject({ event: 'request_error', error_type: 'InternalServerError', status_code: 503 });
    });

    it('is the health, without a key', async () => {
      const { status, headers, body } = await gateway.send({ path: '/health' });

      expect(status).toBe(200);
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-fluxgate-request-id': expect.any(String) });
      expect(JSON.parse(body)).toEqual({
        status: 'healthy',
        version: expect.any(String),
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      });
    });
  });
