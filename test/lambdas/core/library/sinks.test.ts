import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createHttpSink } from '../../../../lambdas/core/library/http-sink';
import { createLedgerSink } from '../../../../lambdas/core/library/ledger-sink';
import type { PlatformRecord } from '../../../../lambdas/core/platform/record';
import { NAMES } from '../../../support/a-platform-record';

const REPORT = {
  id: 'report-1',
  service: 'worker',
  events: [{ type: 'task', taskType: 'junk', status: 'success' } as const],
};

describe('the ledger as a sink', () => {
  it('takes reports in as the API does: guarded, under an id of the account', async () => {
    const written: PlatformRecord[] = [];
    const sink = createLedgerSink({
      records: {
        put: async (records) => {
          written.push(...records);
          return { repeated: false };
        },
      },
      names: NAMES,
      accountId: 'acme',
      now: () => 1_000,
    });

    await sink(REPORT);
    await sink(REPORT);

    expect(written[0]).toMatchObject({
      kind: 'platform',
      accountId: 'acme',
      keyId: 'internal',
      receivedAt: 1_000,
      events: [{ type: 'task', taskType: 'other', status: 'success', count: 1 }],
      overflow: [{ metric: 'tasks_completed_total', label: 'task_type', count: 1 }],
    });
    expect(written[1]).toEqual(written[0]);
  });

  it('refuses for good what adds up to more than can be counted', async () => {
    const sink = createLedgerSink({
      records: { put: async () => ({ repeated: false }) },
      names: NAMES,
      accountId: 'acme',
      now: () => 1_000,
    });
    const events = [{ type: 'cache_savings', model: 'nova-lite', savingsUsd: 900_000 } as const];

    await expect(sink({ ...REPORT, events })).rejects.toMatchObject({
      name: 'SinkError',
      retryable: false,
      message: expect.stringContaining('`events.0`'),
    });
  });
});

describe('the API as a sink', () => {
  let server: Server;
  let answers: (number | 'cut')[];
  let requests: { headers: IncomingMessage['headers']; url: string | undefined; body: string }[];

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      requests.push({ headers: request.headers, url: request.url, body: await text(request) });
      const status = answers.shift() ?? 202;
      if (status === 'cut') response.destroy();
      else response.writeHead(status).end(JSON.stringify({ error: { message: 'Because.' } }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    answers = [];
    requests = [];
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
  });

  const address = (): AddressInfo => {
    const found = server.address();
    if (found === null || typeof found === 'string') throw new Error('The server has no port.');
    return found;
  };
  const sink = () => createHttpSink({ url: `http://127.0.0.1:${address().port}/dev/`, apiKey: 'fg_a_b' });

  it('posts the report once, under its id', async () => {
    await sink()(REPORT);

    expect(requests).toMatchObject([
      {
        url: '/dev/v1/telemetry',
        headers: {
          authorization: 'Bearer fg_a_b',
          'content-type': 'application/json',
          'idempotency-key': 'report-1',
        },
      },
    ]);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ service: 'worker', events: REPORT.events });
  });

  it.each<[string, (number | 'cut')[]]>([
    ['a throttled', [429, 202]],
    ['a failed', [503, 500, 202]],
    ['a cut', ['cut', 202]],
    ['a repeated', [200]],
  ])('is satisfied with %s answer in the end', async (_, given) => {
    answers = [...given];

    await sink()(REPORT);

    expect(requests).toHaveLength(given.length);
    expect(new Set(requests.map(({ headers }) => headers['idempotency-key']))).toEqual(new Set(['report-1']));
  });

  it('gives up after three tries, for somebody to try later', async () => {
    answers = [503, 503, 503];

    await expect(sink()(REPORT)).rejects.toMatchObject({ name: 'SinkError', retryable: true });
    expect(requests).toHaveLength(3);
  });

  it('does not send what is refused again, and says why', async () => {
    answers = [400];

    await expect(sink()(REPORT)).rejects.toMatchObject({
      retryable: false,
      message: 'Fluxgate answered 400 to a report: Because.',
    });
    expect(requests).toHaveLength(1);
  });
});
