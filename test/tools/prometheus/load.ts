import { APIError } from 'openai';
import { aChat, aTool, NOVA } from '../../e2e/support/chats';
import { until } from '../../e2e/support/until';
import type { Gateway } from './gateway';

const UNDER_WAY = 3;

const OPUS = 'claude-opus-4-5';
const SONNET = 'claude-sonnet-4-5-20250929';

const SESSION = { headers: { 'x-session-id': 'load' } };

type Changes = Parameters<typeof aChat>[1];

/** Requests in waves. Each resolves, once all have been answered, with how many requests have been sent so far. */
export type Load = {
  first(): Promise<number>;
  second(): Promise<number>;
  /** Requests that go on for some seconds: how many, how many have been sent by then, and when they are answered. */
  slow(): { count: number; sent: number; done: Promise<unknown> };
};

export const createLoad = async (gateway: Gateway): Promise<Load> => {
  const client = await gateway.newClient({ cache: true });
  const limited = await gateway.newClient({ rpm: 1 });
  const poor = await gateway.newClient({ budget: { nanoUsd: 1_000, period: 'day' } });

  let sent = 0;
  const ask = (text: string, changes: Changes = {}, by = client) => {
    sent += 1;
    return by.chat.completions.create(aChat(text, changes), SESSION);
  };
  const stream = async (text: string, changes: Changes = {}) => {
    sent += 1;
    const answer = await client.chat.completions.create({ ...aChat(text, changes), stream: true }, SESSION);
    for await (const _ of answer);
  };
  /** Some 1.60 US dollars. */
  const dear = (text: string) => ask(`${text} [[fault:usage=above]]`, { model: OPUS, max_tokens: 32_000 });
  const cached = (text: string) =>
    // An answer is stored after its last byte.
    until('an answer comes from the cache', async () => {
      const { response } = await ask(text).withResponse();
      return response.headers.get('x-fluxgate-cache') === 'hit' ? true : undefined;
    });
  const limitedOnce = () =>
    // A minute may end in between.
    until('a request is refused for its rate', async () =>
      (await isRefused(ask('Eleven.', {}, limited))) ? true : undefined,
    );
  const settled = async (requests: readonly Promise<unknown>[]): Promise<number> => {
    await Promise.all(requests);
    return sent;
  };

  return {
    first: () =>
      settled([
        cached('What is kept?'),
        ask('One. [[think:60]]'),
        ask('Two.', { model: NOVA }),
        ask('Three. [[tokens:90]]', { model: SONNET }),
        ask('[[tools:look]]', { tools: [aTool('look')] }),
        stream('Four. [[delay:3]]'),
        stream('[[cache:read=70,write5m=50,write1h=30]]'),
        dear('Dear.'),
        gateway.report(),
        inVain(ask('Five.', { temperature: 9 })),
        inVain(ask('[[fault:malformed=0]]', { model: NOVA })),
      ]),
    second: () =>
      settled([
        ask('What is kept?'),
        stream('What is kept?'),
        cached('What else is kept?'),
        ask('Six. [[think:120]] [[tokens:50]]'),
        ask('Seven. [[think:400]]', { model: SONNET }),
        stream('Eight.', { model: NOVA }),
        ...Array.from({ length: 7 }, (_, index) => dear(`Dear ${index}.`)),
        gateway.report(),
        ask('[[fault:throttle times=1]]'),
        ask('[[fault:status=503 model=nova-lite]]', { model: 'fast' }),
        ask('[[fault:no-usage]]'),
        inVain(ask('[[fault:throttle]]')),
        inVain(stream('[[fault:cut=4]]')),
        inVain(ask('Nine.', { model: 'gpt-4o' })),
        inVain(ask('Ten.', {}, poor)),
        limitedOnce(),
      ]),
    slow: () => {
      const requests = Array.from({ length: UNDER_WAY }, (_, index) => ask(`Slow ${index}. [[think:12000]]`));
      return { count: requests.length, sent, done: Promise.all(requests) };
    },
  };
};

const isRefused = (asked: Promise<unknown>): Promise<boolean> =>
  asked.then(
    () => false,
    (error: unknown) => {
      if (error instanceof APIError) return true;
      throw error;
    },
  );

const inVain = async (asked: Promise<unknown>): Promise<void> => {
  if (!(await isRefused(asked))) throw new Error('It was answered, and should not have been.');
};
