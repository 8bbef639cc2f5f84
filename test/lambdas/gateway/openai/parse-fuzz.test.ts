import fc from 'fast-check';
import type { Call } from '../../../../lambdas/core/chat/call';
import { GatewayError, REFUSALS } from '../../../../lambdas/core/errors';
import { parseChat } from '../../../../lambdas/gateway/openai/parse';
import { aBody, anImage, aTool, aToolCall } from './bodies';

/** The refusal of a body, or undefined when it is accepted. Any other error fails the test. */
const refusalOf = (body: Buffer): GatewayError | undefined => {
  try {
    parseChat(body);
    return undefined;
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
};

const isHonest = (body: Buffer): boolean => {
  const refusal = refusalOf(body);
  return refusal === undefined || REFUSALS[refusal.code].status === 400;
};

const RICH = aBody({
  tools: [aTool('weather', { description: 'Weather.' }), aTool('time')],
  tool_choice: { type: 'function', function: { name: 'time' } },
  stop: ['END'],
  metadata: { team: 'blue' },
  stream: true,
  stream_options: { include_usage: true },
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: [{ type: 'text', text: 'What is this?' }, anImage('data:image/png;base64,AAAA')] },
    { role: 'assistant', content: 'Looking.', tool_calls: [aToolCall('a'), aToolCall('b')] },
    { role: 'tool', tool_call_id: 'a', content: 'cold' },
    { role: 'tool', tool_call_id: 'b', content: [{ type: 'text', text: 'warm' }] },
  ],
});

type Path = (string | number)[];
const pathsOf = (value: unknown): Path[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, child]) => [[key], ...pathsOf(child).map((path) => [key, ...path])])
    : [];

/** A copy of `value` in which what stands at `path` is replaced. */
const replaceAt = (value: unknown, [step, ...rest]: Path, replacement: unknown): unknown => {
  if (step === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.map((entry, index) => (String(index) === step ? replaceAt(entry, rest, replacement) : entry));
  }
  return Object.fromEntries(
    Object.entries(value ?? {}).map(([key, child]) => [
      key,
      key === step ? replaceAt(child, rest, replacement) : child,
    ]),
  );
};

const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(null, '', 0, -1, 1e308, [], {}, [[]], [null], true, '\u0000', 'constructor', { length: 1 }),
  fc.string({ unit: 'binary' }),
);

describe('parseChat, whatever it is given', () => {
  it('refuses random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => isHonest(Buffer.from(bytes))),
      { numRuns: 2_000 },
    );
  });

  it('refuses or reads random JSON', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (json) => isHonest(Buffer.from(json))),
      { numRuns: 1_000 },
    );
  });

  it('refuses or reads a request in which anything is replaced by anything', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pathsOf(RICH)), odd, (path, replacement) =>
        isHonest(Buffer.from(JSON.stringify(replaceAt(RICH, path, replacement)))),
      ),
      { numRuns: 4_000 },
    );
  });

  it('refuses or reads a request whose bytes are flipped', () => {
    const whole = Buffer.from(JSON.stringify(RICH));

    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (position, byte) => {
        const broken = Buffer.from(whole);
        broken[position] = byte;
        return isHonest(broken);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps texts and tool arguments exactly', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => value.trim() !== '');
    const json = fc
      .dictionary(fc.string(), fc.jsonValue())
      .filter((value) => !JSON.stringify(value).includes('"__proto__"'));

    fc.assert(
      fc.property(text, json, (content, toolArguments) => {
        const messages = [
          { role: 'user', content },
          { role: 'assistant', tool_calls: [aToolCall('a', JSON.stringify(toolArguments))] },
          { role: 'tool', tool_call_id: 'a', content },
        ];
        const expected: Call['messages'] = [
          { role: 'user', content: [{ type: 'text', text: content }] },
          {
            role: 'assistant',
            content: [
              { type: 'tool_call', id: 'a', name: 'weather', arguments: JSON.parse(JSON.stringify(toolArguments)) },
            ],
          },
          { role: 'tool', callId: 'a', content: [{ type: 'text', text: content }] },
        ];

        const { call } = parseChat(Buffer.from(JSON.stringify(aBody({ messages }))));

        expect(call.messages).toEqual(expected);
      }),
    );
  });
});
