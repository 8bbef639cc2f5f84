import fc from 'fast-check';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import type { TestKey } from '../support/keys';
import type { Sent } from '../support/send';
import { until } from '../support/until';
import { CHAT } from './bad-input';

/** As many as a client may well send at once; more only wait. */
const AT_ONCE = 8;
const ROUNDS = 50;

const VALID = {
  model: 'claude-haiku-4-5',
  max_tokens: 12,
  temperature: 0.5,
  stop: ['END'],
  metadata: { team: 'blue' },
  stream: true,
  stream_options: { include_usage: true },
  tools: [{ type: 'function', function: { name: 'weather', parameters: { type: 'object', properties: {} } } }],
  tool_choice: 'auto',
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: [{ type: 'text', text: 'What is this?' }] },
    {
      role: 'assistant',
      content: 'Looking.',
      tool_calls: [{ id: 'a', type: 'function', function: { name: 'weather', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: 'a', content: 'cold' },
    { role: 'user', content: 'And now?' },
  ],
};

type Path = readonly string[];

const pathsOf = (value: unknown): Path[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, child]) => [[key], ...pathsOf(child).map((path) => [key, ...path])])
    : [];

/** A copy of `value` with `replacement` at `path`; undefined leaves it out. */
const replaceAt = (value: unknown, [step, ...rest]: Path, replacement: unknown): unknown => {
  if (step === undefined) return replacement;
  const entries = Object.entries(value ?? {}).map(([key, child]) => [
    key,
    key === step ? replaceAt(child, rest, replacement) : child,
  ]);
  return Array.isArray(value) ? entries.map(([, child]) => child) : Object.fromEntries(entries);
};

const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(undefined, null, '', 0, -1, 1.5, 1e308, [], {}, [[]], true, '\u0000', '__proto__'),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

const mutated = fc
  .array(fc.tuple(fc.constantFrom(...pathsOf(VALID)), odd), { minLength: 1, maxLength: 3 })
  .map((changes) => changes.reduce<unknown>((body, [path, value]) => replaceAt(body, path, value), VALID));

const body: fc.Arbitrary<string | Buffer> = fc.oneof(
  { weight: 5, arbitrary: mutated.map((value) => JSON.stringify(value) ?? '') },
  {
    weight: 2,
    arbitrary: fc.tuple(mutated, fc.nat(900)).map(([value, end]) => (JSON.stringify(value) ?? '').slice(0, end)),
  },
  { weight: 1, arbitrary: fc.json({ maxDepth: 5 }) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)) },
);

const headerValue = fc.stringMatching(/^[\x20-\x7e\x80-\xff]{0,150}$/);
const headers = fc.dictionary(
  fc.constantFrom(
    'x-request-id',
    'x-session-id',
    'x-fluxgate-cache',
    'cache-control',
    'content-type',
    'accept',
    'x-odd',
  ),
  headerValue,
  { maxKeys: 2 },
);

const path = fc.oneof(
  { weight: 8, arbitrary: fc.constant(CHAT) },
  { weight: 1, arbitrary: fc.webPath().map((text) => `/v1/models/${text}`) },
  { weight: 1, arbitrary: fc.stringMatching(/^[!-~]{0,60}$/).map((text) => `/v1/requests/${text}`) },
  { weight: 1, arbitrary: fc.webPath().map((text) => `/${text}`) },
);

const requests = fc.array(
  fc.record({ path, body, headers, method: fc.constantFrom('POST', 'POST', 'POST', 'GET', 'PUT') }),
  { minLength: AT_ONCE, maxLength: AT_ONCE },
);

export const describeFuzz = (gateway: GatewayUnderTest) =>
  describe(`${AT_ONCE * ROUNDS} random requests`, () => {
    let key: TestKey;
    beforeAll(async () => {
      const budget = { nanoUsd: 1_000_000_000_000, period: 'month' as const };
      key = await gateway.createKey({ rpm: 1_000_000, tpm: 1_000_000_000, budget, cache: true });
    });

    it('meet no error of the gateway itself', async () => {
      const askAll = async (sent: readonly (Sent & { body: string | Buffer })[]) => {
        const replies = await Promise.all(
          sent.map((request) =>
            gateway.send({
              ...request,
              headers: {
                'content-type': 'application/json',
                ...request.headers,
                authorization: `Bearer ${key.key}`,
              },
            }),
          ),
        );
        expect(replies.filter(({ status }) => status >= 500)).toEqual([]);
      };

      await fc.assert(fc.asyncProperty(requests, askAll), { numRuns: ROUNDS, endOnFailure: false });
    }, 120_000);

    it('leave no hold and no open request behind', async () => {
      await until('no request is open', async () => {
        const open = (await gateway.items('Ledger')).filter(({ pk }) => String(pk).startsWith('inflight#'));
        return open.length === 0 ? open : undefined;
      });

      const scopes = (await gateway.items('Limits')).filter(({ pk }) => pk === `key#${key.keyId}`);
      const records = (await gateway.items('Ledger')).filter(({ keyId }) => keyId === key.keyId);
      const spent = records.reduce((sum, { costNanoUsd }) => sum + Number(costNanoUsd), 0);
      const [scope = {}] = scopes;
      expect(scope.inFlight).toBe(0);
      expect(Object.keys(scope).filter((name) => name.startsWith('h_'))).toEqual([]);
      expect(scope[`b_${new Date().toISOString().slice(0, 7)}`]).toBe(spent);
      expect(records.filter(({ cache }) => cache !== undefined).length).toBeGreaterThan(0);
    });
  });
