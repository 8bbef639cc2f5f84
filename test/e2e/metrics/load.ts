import { APIError } from 'openai';
import { aChat, aTool, chunksOf, NOVA } from '../support/chats';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import type { TestKey } from '../support/keys';
import { until } from '../support/until';

/** Stands in every prompt of the load, and must stand nowhere else. */
export const SECRET_WORDS = 'xylophone-quarterly-7341';

export type Load = {
  key: TestKey;
  /** The answer that was put into the cache. */
  firstMiss: Headers;
  /** The answer to the one request that may be debugged; all others ask for it in vain. */
  debugged: Headers;
  /** How many requests were sent with a key that is known. */
  authenticated: number;
};

/** Requests of every kind of end: good, streamed, replayed, refused, failed, failed over, left, unmetered, unauthenticated. */
export const runLoad = async (gateway: GatewayUnderTest): Promise<Load> => {
  const key = await gateway.createKey({ cache: true, budget: { nanoUsd: 1_000_000_000, period: 'month' } });
  const limited = await gateway.createKey({ rpm: 1 });
  const debugging = await gateway.createKey({ scopes: ['chat', 'debug'] });
  const poor = await gateway.createKey({ budget: { nanoUsd: 1_000, period: 'day' } });
  const stranger: TestKey = { ...key, key: `fg_nobody_${'0'.repeat(40)}` };
  const prompt = (text: string) => `${text} ${SECRET_WORDS}`;

  let authenticated = 0;
  const ask = (text: string, changes: Parameters<typeof aChat>[1] = {}, by = key) => {
    authenticated += by === stranger ? 0 : 1;
    const headers = { 'x-session-id': 'load', 'x-debug': 'true' };
    return gateway.clientOf(by).chat.completions.create(aChat(prompt(text), changes), { headers });
  };
  const askInVain = (...asked: Parameters<typeof ask>) =>
    ask(...asked).then(
      () => false,
      (error: unknown) => {
        if (error instanceof APIError) return true;
        throw error;
      },
    );
  const open = (text: string, changes: Parameters<typeof aChat>[1] = {}) => {
    authenticated += 1;
    return gateway.clientOf(key).chat.completions.create({ ...aChat(prompt(text), changes), stream: true });
  };
  const stream = async (...asked: Parameters<typeof open>) => chunksOf(await open(...asked));
  const entryOf = async (text: string) => {
    const { response } = await ask(text).withResponse();
    await until('an answer is stored', async () => {
      const stored = await gateway.items('Cache');
      return stored.some(({ answer }) => String(answer).includes(text)) ? stored : undefined;
    });
    return response.headers;
  };
  const leave = async () => {
    for await (const { choices } of await open('[[tokens:400]] [[delay:2]]')) if (choices[0]?.delta.content) break;
  };

  const firstMiss = await entryOf('What is kept?');
  await Promise.all([ask('What is kept?'), ask('What is kept?'), stream('What is kept?')]);
  await Promise.all([ask('One.'), ask('Two.', { model: NOVA }), ask('[[tools:look]]', { tools: [aTool('look')] })]);
  await Promise.all([stream('Three.', { model: NOVA }), stream('[[cache:read=70,write5m=50,write1h=30]]'), leave()]);
  await Promise.all([
    ask('[[fault:throttle times=1]]'),
    ask('[[fault:status=503 model=nova-lite]]', { model: 'fast' }),
    ask('[[fault:no-usage]]'),
    askInVain('[[fault:throttle]]'),
    askInVain('[[fault:malformed=0]]', { model: NOVA }),
    stream('[[fault:cut=4]]').catch(() => undefined),
  ]);
  await Promise.all([
    askInVain('Four.', { temperature: 9 }),
    askInVain('Five.', { model: 'gpt-4o' }),
    askInVain('Six.', {}, poor),
    askInVain('Seven.', {}, stranger),
  ]);
  const { response: debugged } = await ask('Nine.', {}, debugging).withResponse();
  await until('a request is refused', async () => ((await askInVain('Eight.', {}, limited)) ? true : undefined));
  return { key, firstMiss, debugged: debugged.headers, authenticated };
};
