import { aChat } from '../support/chats';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import type { TestKey } from '../support/keys';
import { until } from '../support/until';

type Ask = { content: string; headers?: Record<string, string>; changes?: Parameters<typeof aChat>[1] };

/** Asks with a key, and looks at what the cache keeps for its account. */
export const useCache = (gateway: GatewayUnderTest) => {
  const ask = async (key: TestKey, { content, headers = {}, changes = {} }: Ask) => {
    const asked = gateway.clientOf(key).chat.completions.create(aChat(content, changes), { headers });
    const { data, response } = await asked.withResponse();
    return { data, response, state: response.headers.get('x-fluxgate-cache') };
  };
  const entriesOf = async ({ account }: TestKey) =>
    (await gateway.items('Cache')).filter(({ pk }) => String(pk).startsWith(`${account}#`));
  /** Answers are stored after their last byte. */
  const entries = (key: TestKey, count: number) =>
    until(`${count} answers of ${key.account} are stored`, async () => {
      const stored = await entriesOf(key);
      return stored.length === count ? stored : undefined;
    });
  return { ask, entriesOf, entries };
};
