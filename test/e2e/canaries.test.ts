import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CANARIES, HIDDEN } from './canaries/canaries';
import { toLongRequests, toShortRequests } from './canaries/requests';
import { bootGateway } from './support/gateway-under-test';
import { readEvents } from './support/logs';
import { until } from './support/until';

/** API Gateway's own segment has the path and the user agent of every request, as AWS writes it. */
const API_GATEWAY = '"origin":"AWS::ApiGateway::Stage"';

describe('secrets and personal data in every place that a client can write to', () => {
  const gateway = bootGateway();
  let statuses: number[] = [];
  let reader = '';

  beforeAll(async () => {
    const key = await gateway.createKey({ cache: true, scopes: ['chat', 'metrics', 'debug'] });
    reader = `Bearer ${key.key}`;
    const authorized = { authorization: reader };
    const requests = [
      ...toLongRequests(CANARIES, authorized),
      ...CANARIES.flatMap((canary) => toShortRequests(canary, authorized)),
    ];
    statuses = (await Promise.all(requests.map((request) => gateway.send(request)))).map(({ status }) => status);
    await until('no request is under way', async () => {
      const items = await gateway.items('Ledger');
      return items.some(({ pk }) => String(pk).startsWith('inflight#')) ? undefined : items;
    });
  }, 120_000);

  const leaksOf = (text: string): string[] => HIDDEN.filter((canary) => text.includes(canary));

  it('reach the model, and are answered or refused', () => {
    expect(statuses.length).toBeGreaterThan(90);
    expect(new Set(statuses)).toEqual(new Set([200, 400, 401, 403, 404, 415, 503]));
  });

  it('are in no log, metric or trace of any function or of the platform', () => {
    const { logsDirectory, emfFile, tracesFile } = gateway.machine();
    const files = [...readdirSync(logsDirectory).map((name) => join(logsDirectory, name)), emfFile];
    const traces = readFileSync(tracesFile, 'utf8')
      .split('\n')
      .filter((line) => !line.includes(API_GATEWAY));

    const leaks = files.flatMap((file) => leaksOf(readFileSync(file, 'utf8')).map((canary) => [file, canary]));

    expect([...leaks, ...traces.flatMap(leaksOf)]).toEqual([]);
    expect(traces.filter((line) => line.includes('chat_completion')).length).toBeGreaterThan(60);
    expect(readEvents(gateway.machine(), 'Gateway').length).toBeGreaterThan(60);
  });

  it('are in no table; that of the cache, which holds answers for the account that asked, is not looked at', async () => {
    const tables = ['Keys', 'Limits', 'Ledger', 'Counters'];

    const texts = await Promise.all(tables.map(async (table) => JSON.stringify(await gateway.items(table))));

    expect(texts.map(leaksOf)).toEqual(tables.map(() => []));
  });

  it('are in none of the metrics that are read over HTTP', async () => {
    const paths = ['/metrics', '/metrics/stats'];

    const replies = await Promise.all(paths.map((path) => gateway.send({ path, headers: { authorization: reader } })));

    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    expect(replies.map(({ body }) => leaksOf(body))).toEqual([[], []]);
  });

  it('leave marks where they stood, so that one sees what was there', async () => {
    const users = (await gateway.items('Ledger')).flatMap(({ userId }) => (typeof userId === 'string' ? [userId] : []));

    expect(users).toContain('[REDACTED_EMAIL]');
    expect(users).toContain('user [REDACTED_CREDIT_CARD]');
  });
});
