import fc from 'fast-check';
import type { Call } from '../../../../lambdas/core/chat/call';
import { resolveTargets } from '../../../../lambdas/core/models/resolve-targets';
import { cacheKey } from '../../../../lambdas/gateway/cache/key';

const targetOf = (name: string) => {
  const found = resolveTargets(name, { region: 'us-east-1', profile: 'us' }, Date.UTC(2026, 10, 21));
  if (typeof found !== 'object' || !found.targets[0]) throw new Error(`The catalogue lacks ${name}.`);
  return found.targets[0];
};

const BASE: Call = {
  model: 'claude-haiku-4-5',
  system: ['Be brief.'],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Hello' },
        { type: 'image', format: 'png', base64: 'AAAA' },
      ],
    },
    { role: 'assistant', content: [{ type: 'tool_call', id: 'c1', name: 'look', arguments: { at: 'x' } }] },
    { role: 'tool', callId: 'c1', content: [{ type: 'text', text: 'seen' }] },
  ],
  tools: [
    { name: 'look', description: 'Looks.', inputSchema: { type: 'object', properties: { at: { type: 'string' } } } },
  ],
  toolChoice: 'auto',
  maxOutputTokens: 100,
  temperature: 0.5,
  topP: 0.9,
  stop: ['END'],
};

const keyOf = (call: Call, of: { accountId?: string; model?: string; catalogueVersion?: string } = {}) =>
  cacheKey({
    accountId: of.accountId ?? 'acme',
    call,
    target: targetOf(of.model ?? 'claude-haiku-4-5'),
    catalogueVersion: of.catalogueVersion ?? '1',
  });

/** Every path to a leaf of a value. */
const leaves = (value: unknown, path: (string | number)[] = []): (string | number)[][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))
    : [path];

const changed = (value: unknown, [head, ...rest]: (string | number)[]): unknown => {
  if (head === undefined) return typeof value === 'number' ? value + 1 : `${value}!`;
  const copy: unknown = structuredClone(value);
  Reflect.set(Object(copy), head, changed(Reflect.get(Object(value), head), rest));
  return copy;
};

const isCall = (value: unknown): value is Call => typeof value === 'object' && value !== null && 'messages' in value;

describe('the key of a cached answer', () => {
  it.each(
    leaves(BASE)
      .filter(([field]) => field !== 'model')
      .map((path) => [path.join('.'), path] as const),
  )('changes with %s', (_, path) => {
    const other = changed(BASE, path);

    if (!isCall(other)) throw new Error('The changed value is no call.');
    expect(keyOf(other)).not.toBe(keyOf(BASE));
  });

  it('changes with the account, the target and the version of the catalogue', () => {
    const keys = [
      keyOf(BASE),
      keyOf(BASE, { accountId: 'other' }),
      keyOf(BASE, { model: 'nova-lite' }),
      keyOf(BASE, { catalogueVersion: '2' }),
    ];

    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is the same for two names of one target, and whatever the order of keys', () => {
    const reordered = Object.fromEntries(Object.entries({ ...BASE, model: 'claude-haiku' }).reverse());

    expect(isCall(reordered) && keyOf(reordered)).toBe(keyOf(BASE));
  });

  it('never moves text between neighbouring parts', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (first, second) => {
        const apart: Call = { ...BASE, system: [first, second] };
        const joined: Call = { ...BASE, system: [first + second] };

        expect(keyOf(apart)).not.toBe(keyOf(joined));
      }),
    );
  });
});
