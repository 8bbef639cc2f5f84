import type { GatewayUnderTest } from '../support/gateway-under-test';
import { settled } from '../support/settled';
import { until } from '../support/until';
import { useCache } from './use-cache';

export const describeCacheControl = (gateway: GatewayUnderTest) =>
  describe('the exact cache', () => {
    const { ask, entries, entriesOf } = useCache(gateway);

    it.each([
      ['X-Fluxgate-Cache: off', { 'x-fluxgate-cache': 'off' }],
      ['Cache-Control: no-store', { 'cache-control': 'max-age=0, no-store' }],
    ])('is left out with %s', async (_, headers) => {
      const key = await gateway.createKey({ cache: true });

      const asked = { content: 'What is a pole?', headers };
      const answers = [await ask(key, asked), await ask(key, asked)];

      const ends = await Promise.all(answers.map(({ response }) => settled(gateway, key, response)));
      expect(answers.map(({ state }) => state)).toEqual(['bypass', 'bypass']);
      expect(ends.map(({ bill: { length } }) => length)).toEqual([1, 1]);
      expect(await entriesOf(key)).toEqual([]);
    });

    it.each([
      ['X-Fluxgate-Cache: refresh', { 'x-fluxgate-cache': 'refresh' }],
      ['Cache-Control: no-cache', { 'cache-control': 'no-cache' }],
    ])('is filled anew with %s', async (name, headers) => {
      const key = await gateway.createKey({ cache: true });
      // Its first answer goes wrong in a way that a cache keeps: the model says nothing.
      const content = `[[fault:empty times=1]] What is a turn, ${name}?`;
      const first = await ask(key, { content });
      await entries(key, 1);

      const fresh = await ask(key, { content, headers });

      const answer = fresh.data.choices[0]?.message.content;
      const again = await until('the fresh answer is the one that is kept', async () => {
        const { data, state } = await ask(key, { content });
        return state === 'hit' && data.choices[0]?.message.content === answer ? data : undefined;
      });
      expect([first.state, fresh.state]).toEqual(['miss', 'bypass']);
      expect(first.data.choices[0]?.message.content).not.toBe(answer);
      expect(again.choices).toEqual(fresh.data.choices);
    });

    it('is off without being asked for, and on for one request that asks', async () => {
      const key = await gateway.createKey();
      const off = await ask(key, { content: 'What is a gap?' });
      const headers = { 'x-fluxgate-cache': 'on' };
      const miss = await ask(key, { content: 'What is a gap?', headers });
      await entries(key, 1);

      const hit = await ask(key, { content: 'What is a gap?', headers });

      expect([off.state, miss.state, hit.state]).toEqual(['off', 'miss', 'hit']);
    });

    it('keeps no answer that a limit cut short', async () => {
      const key = await gateway.createKey({ cache: true, tpm: 500 });

      const { data, response } = await ask(key, { content: '[[tokens:450]]', changes: { max_tokens: 450 } });

      await settled(gateway, key, response);
      expect(Number(response.headers.get('x-fluxgate-clamped-tokens'))).toBe(data.usage?.completion_tokens);
      expect(data.choices[0]?.finish_reason).toBe('length');
      expect(await entriesOf(key)).toEqual([]);
    });

    it('that fails is a miss', async () => {
      const key = await gateway.createKey({ cache: true });
      const { awsProxy, functionName, assembly } = gateway.machine();
      const table = assembly.tables.find(({ name }) => name.includes('Cache'))?.name;
      const id = awsProxy.faults.add({
        service: 'dynamodb',
        principal: functionName('Gateway'),
        kind: 'internalError',
        times: 100,
        ...(table !== undefined && { table }),
      });

      const { data, response, state } = await ask(key, { content: 'What is a wire?' });

      const { record } = await settled(gateway, key, response);
      awsProxy.faults.remove(id);
      expect(data.choices[0]?.finish_reason).toBe('stop');
      expect([state, record.cache, record.outcome]).toEqual(['error', 'error', 'success']);
    });
  });
