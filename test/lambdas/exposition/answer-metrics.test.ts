import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { createCountActive } from '../../../lambdas/core/counters/active-requests';
import { createApplyRecords } from '../../../lambdas/core/counters/apply-records';
import { createDynamoDbCounterStore } from '../../../lambdas/core/counters/dynamodb-counter-store';
import { createReadCounters } from '../../../lambdas/core/counters/read-counters';
import { GatewayError } from '../../../lambdas/core/errors';
import type { KeyScope } from '../../../lambdas/core/keys/account';
import { createInFlightItems, type InFlight } from '../../../lambdas/core/ledger/in-flight';
import { createAnswerMetrics } from '../../../lambdas/exposition/answer-metrics';
import { aRequestRecord } from '../../support/a-request-record';
import { anAccount, anApiKey } from '../../support/caller';
import { type DynamoDbLocal, dynamoDbLocalClient, startDynamoDbLocal } from '../../support/dynamodb-local';
import { createFakeLog } from '../../support/fake-log';
import { parsePrometheusText, type Sample } from '../../support/prometheus-text';
import { createTable } from '../../support/tables';

const NOW = 1_795_255_200_000;

let local: DynamoDbLocal;
let client: DynamoDBClient;
beforeAll(async () => {
  local = await startDynamoDbLocal();
  client = dynamoDbLocalClient(local.endpoint);
});
afterAll(async () => {
  client.destroy();
  await local.stop();
});

const anExposition = async (scopes: readonly KeyScope[] = ['metrics']) => {
  const [counters, ledger] = await Promise.all([createTable(client, ['pk', 'sk']), createTable(client, ['pk', 'sk'])]);
  const store = createDynamoDbCounterStore({ client, table: counters, markerRetentionDays: 30, now: () => NOW });
  const log = createFakeLog();
  const answer = createAnswerMetrics({
    authenticate: async (authorization) => {
      if (authorization === 'Bearer fg_key1_devsecret') return { key: anApiKey({ scopes }), account: anAccount() };
      throw new GatewayError('invalid_key', 'This API key is not valid.');
    },
    readCounters: createReadCounters({ client, table: counters }),
    countActive: createCountActive({ client, ledgerTable: ledger, now: () => NOW }),
    log,
    newId: () => 'made-by-gateway1',
  });
  return {
    count: createApplyRecords({ store, random: Math.random, pause: async () => {} }),
    inFlight: createInFlightItems({ client, table: ledger }),
    log,
    answer: (headers: Record<string, string> = { Authorization: 'Bearer fg_key1_devsecret' }) =>
      answer({ headers, multiValueHeaders: {} }),
  };
};

const samplesOf = (name: string, { body }: APIGatewayProxyResult): Sample[] =>
  parsePrometheusText(body).get(name)?.samples ?? [];

const inFlight = (requestId: string, leaseEndsAt: number, provider = 'bedrock'): InFlight => ({
  requestId,
  leaseEndsAt,
  draft: aRequestRecord({ requestId, provider }),
  scopes: [],
  hold: { id: requestId, nanoUsd: 1 },
  earlier: [],
});

describe('GET /metrics', () => {
  it('shows what was counted, as Prometheus text', async () => {
    const { answer, count } = await anExposition();
    await count(['a', 'b', 'c'].map((requestId) => aRequestRecord({ requestId })));

    const response = await answer();

    expect(response.statusCode).toBe(200);
    expect(response.headers?.['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(samplesOf('gateway_requests_total', response)).toMatchObject([{ labels: { status: 'success' }, value: 3 }]);
    expect(samplesOf('gateway_cost_usd_total', response)).toMatchObject([{ value: 0.0045 }]);
  });

  it('counts the requests under way by provider, and not those past their lease', async () => {
    const { answer, inFlight: items } = await anExposition();
    const open = Array.from({ length: 20 }, (_, index) => inFlight(`live-${index}`, NOW + 60_000));
    const dead = [inFlight('dead', NOW - 1), inFlight('junk', NOW + 1, 'from a client')];
    await Promise.all([...open, ...dead].map((item) => items.open(item)));

    const samples = samplesOf('gateway_active_requests', await answer());

    expect(samples.map(({ labels, value }) => [labels.provider, value])).toEqual([
      ['bedrock', 20],
      ['other', 1],
    ]);
  });

  it('shows 0 before anything has happened', async () => {
    const { answer } = await anExposition();

    const response = await answer();

    expect(samplesOf('gateway_active_requests', response)).toMatchObject([
      { labels: { provider: 'bedrock' }, value: 0 },
    ]);
    expect(samplesOf('gateway_rate_limit_hits_total', response).map(({ value }) => value)).toContain(0);
  });

  it.each([
    [
      'a key without the scope',
      ['chat'],
      { Authorization: 'Bearer fg_key1_devsecret' },
      403,
      'missing_scope',
      'permission_error',
    ],
    ['a wrong key', ['metrics'], { authorization: 'Bearer fg_key1_wrong' }, 401, 'invalid_key', 'authentication_error'],
    ['no key', ['metrics'], {}, 401, 'invalid_key', 'authentication_error'],
  ] as const)('refuses %s in the shape of an OpenAI error', async (_, scopes, headers, status, code, type) => {
    const { answer, log } = await anExposition(scopes);

    const response = await answer({ ...headers, 'X-Correlation-ID': 'mine' });

    expect(response.statusCode).toBe(status);
    expect(JSON.parse(response.body)).toEqual({
      error: { message: expect.any(String), type, param: null, code, correlation_id: 'mine' },
    });
    expect(response.headers).toMatchObject({
      'content-type': 'application/json',
      'x-correlation-id': 'mine',
      'x-request-id': 'made-by-gateway1',
    });
    expect(log.events).toMatchObject([{ name: 'request_error', fields: { status_code: status } }]);
  });

  it('answers 503 when the counters cannot be read, and says nothing of why', async () => {
    const log = createFakeLog();
    const answer = createAnswerMetrics({
      authenticate: async () => ({ key: anApiKey({ scopes: ['metrics'] }), account: anAccount() }),
      readCounters: async () => {
        throw new Error('the table secret-table is gone');
      },
      countActive: async () => new Map(),
      log,
      newId: () => 'made-by-gateway1',
    });

    const response = await answer({ headers: {}, multiValueHeaders: {} });

    expect(response.statusCode).toBe(503);
    expect(response.headers?.['retry-after']).toBe('1');
    expect(response.body).not.toContain('secret-table');
    expect(log.events[0]?.error).toMatchObject({
      cause: expect.objectContaining({ message: expect.stringContaining('gone') }),
    });
  });
});
