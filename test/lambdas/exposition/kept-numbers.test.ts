import type { ReadAllSeries } from '../../../lambdas/core/counters/read-all-series';
import { aRequestRecord } from '../../support/a-request-record';
import { dynamoDbOfTests } from '../../support/dynamodb-local';
import { createExposition, type Given, NOW, samplesOf, textOf } from '../../support/exposition';

const { client } = dynamoDbOfTests();
const anExposition = (given?: Given) => createExposition(client, given);

describe('numbers that were read a moment ago', () => {
  const countingReads = () => {
    let reads = 0;
    const readAllSeries: ReadAllSeries = async () => {
      reads += 1;
      return new Map([
        ['gateway_cold_starts_total', [{ kind: 'value', labels: { endpoint: '/v1/models' }, value: BigInt(reads) }]],
      ]);
    };
    return { readAllSeries, reads: () => reads };
  };

  it('are read once for everyone who asks within the time that they are kept', async () => {
    const clock = { now: NOW };
    const { readAllSeries, reads } = countingReads();
    const { answer } = await anExposition({ readAllSeries, cacheSeconds: 5, clock });

    await Promise.all([answer(), answer({ query: { aliases: ['false'] } }), answer({ path: '/metrics/stats' })]);
    clock.now += 4_999;
    await answer();
    const within = reads();
    clock.now += 1;
    await answer();

    expect([within, reads()]).toEqual([1, 2]);
  });

  it('are read again for a client that wants none from a cache', async () => {
    const { readAllSeries, reads } = countingReads();
    const { answer } = await anExposition({ readAllSeries, cacheSeconds: 5 });

    await answer();
    const fresh = await answer({ headers: { 'Cache-Control': 'no-cache' } });

    expect(reads()).toBe(2);
    expect(samplesOf('gateway_cold_starts_total', fresh)).toMatchObject([{ value: 2 }]);
  });

  it('are not kept when they could not be read', async () => {
    let isDown = true;
    const readAllSeries: ReadAllSeries = async () => {
      if (isDown) throw new Error('throttled');
      return new Map();
    };
    const { answer } = await anExposition({ readAllSeries, cacheSeconds: 5 });

    const before = await answer();
    isDown = false;
    const after = await answer();

    expect([before.statusCode, after.statusCode]).toEqual([503, 200]);
  });

  it('are good for as long as the answer says', async () => {
    const [kept, unkept] = await Promise.all([anExposition({ cacheSeconds: 5 }), anExposition()]);

    const [one, other] = await Promise.all([kept.answer(), unkept.answer()]);

    expect(one.headers).toMatchObject({
      'cache-control': 'private, max-age=5',
      vary: 'Authorization, Accept, Accept-Encoding',
    });
    expect(other.headers['cache-control']).toBe('private, no-cache');
  });

  it.each(['/metrics', '/metrics/stats'] as const)('are not sent again to who has them: %s', async (path) => {
    const { answer, count } = await anExposition();
    const { headers } = await answer({ path });
    const ask = () =>
      answer({ path, headers: { 'If-None-Match': `"other", ${headers.etag}`, 'Accept-Encoding': 'gzip' } });

    const same = await ask();
    await count([aRequestRecord()]);
    const changed = await ask();

    expect([same.statusCode, same.body.length, same.headers.etag]).toEqual([304, 0, headers.etag]);
    expect(same.headers['x-request-id']).toBe('made-by-gateway1');
    expect(changed.statusCode).toBe(200);
  });

  it('are told apart by format', async () => {
    const { answer } = await anExposition();

    const [text, open] = await Promise.all([answer(), answer({ headers: { accept: 'application/openmetrics-text' } })]);

    expect(text.headers.etag).not.toBe(open.headers.etag);
  });

  it('go out compressed to those who take gzip, under the same tag', async () => {
    const { answer } = await anExposition();

    const [plain, small] = await Promise.all([answer(), answer({ headers: { 'Accept-Encoding': 'br, gzip;q=0.5' } })]);

    expect(small.headers['content-encoding']).toBe('gzip');
    expect(small.body.length).toBeLessThan(plain.body.length / 5);
    expect(textOf(small)).toBe(textOf(plain));
    expect(small.headers.etag).toBe(plain.headers.etag);
  });
});
