import * as fc from 'fast-check';
import type { Call, Message } from '../../../../lambdas/core/chat/call';
import { inputTokenBound } from '../../../../lambdas/core/models/input-bound';
import { aCall } from '../../../support/call';

const userSays = (text: string): Message => ({ role: 'user', content: [{ type: 'text', text }] });

/** A PNG is told by its first 24 bytes: signature, length, IHDR, width, height. */
const pngOf = (width: number, height: number): string => {
  const bytes = Buffer.alloc(24);
  bytes.write('\x89PNG\r\n\x1a\n', 0, 'latin1');
  bytes.write('IHDR', 12, 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes.toString('base64');
};

const withImage = (base64: string): Call =>
  aCall({ messages: [{ role: 'user', content: [{ type: 'image', format: 'png', base64 }] }] });

const texts = fc.string({ unit: 'binary', maxLength: 200 });
const tools = fc.record({
  name: fc.stringMatching(/^[a-zA-Z0-9_-]{1,64}$/),
  description: texts,
  inputSchema: fc.dictionary(texts, fc.jsonValue()),
});
const calls = fc
  .record({
    system: fc.array(texts, { maxLength: 3 }),
    said: fc.array(texts, { maxLength: 5 }),
    tools: fc.array(tools, { maxLength: 3 }),
  })
  .map(({ said, ...rest }): Call => aCall({ ...rest, messages: said.map(userSays) }));

describe('inputTokenBound', () => {
  it('is at least one token per byte of every text', () => {
    fc.assert(
      fc.property(calls, (call) => {
        const said = [
          ...call.system,
          ...call.messages.flatMap(({ content }) => content.map((part) => (part.type === 'text' ? part.text : ''))),
        ];

        return inputTokenBound(call) >= said.reduce((bytes, text) => bytes + Buffer.byteLength(text), 0);
      }),
    );
  });

  it('counts the longer form of a text that normalisation lengthens', () => {
    const ligature = '\ufdfa';

    const growth =
      inputTokenBound(aCall({ messages: [userSays(ligature)] })) - inputTokenBound(aCall({ messages: [userSays('')] }));

    expect(growth).toBe(Buffer.byteLength(ligature.normalize('NFKC')));
    expect(growth).toBeGreaterThan(Buffer.byteLength(ligature));
  });

  it.each<[string, (call: Call, text: string) => Call]>([
    ['a message', (call, text) => ({ ...call, messages: [...call.messages, userSays(text)] })],
    ['a system text', (call, text) => ({ ...call, system: [...call.system, text] })],
    [
      'a tool',
      (call, text) => ({ ...call, tools: [...call.tools, { name: 'more', description: text, inputSchema: {} }] }),
    ],
    [
      'a tool call',
      (call, text) => ({
        ...call,
        messages: [
          ...call.messages,
          { role: 'assistant', content: [{ type: 'tool_call', id: 'a', name: 'b', arguments: { text } }] },
        ],
      }),
    ],
    [
      'a tool result',
      (call, text) => ({
        ...call,
        messages: [...call.messages, { role: 'tool', callId: 'a', content: [{ type: 'text', text }] }],
      }),
    ],
  ])('grows with %s, by more the longer it is', (_, add) => {
    fc.assert(
      fc.property(calls, texts, (call, text) => {
        const before = inputTokenBound(call);
        const after = inputTokenBound(add(call, text));

        return after > before && inputTokenBound(add(call, `${text}x`)) > after;
      }),
    );
  });

  it('reckons the tool prompt once, and also for results of tools no longer offered', () => {
    const plain = inputTokenBound(aCall());
    const one = inputTokenBound(aCall({ tools: [{ name: 'a', inputSchema: {} }] }));
    const two = inputTokenBound(
      aCall({
        tools: [
          { name: 'a', inputSchema: {} },
          { name: 'b', inputSchema: {} },
        ],
      }),
    );
    const result = inputTokenBound(
      aCall({ messages: [userSays('Hello.'), { role: 'tool', callId: 'a', content: [] }] }),
    );

    expect(one - plain).toBeGreaterThan(1_024);
    expect(two - one).toBeLessThan(1_024);
    expect(result - plain).toBeGreaterThan(1_024);
  });

  it.each([
    { width: 10, height: 10, atLeast: 4_784 },
    { width: 1_568, height: 1_568, atLeast: 4_784 },
    { width: 1_300, height: 1_300, atLeast: 2_600 },
    { width: 8_000, height: 8_000, atLeast: 128_000 },
  ])('holds at least $atLeast tokens for an image of $width x $height', ({ width, height, atLeast }) => {
    expect(inputTokenBound(withImage(pngOf(width, height)))).toBeGreaterThanOrEqual(atLeast);
  });

  it('takes an image that it cannot measure for the largest there is', () => {
    expect(inputTokenBound(withImage('bm90IGFuIGltYWdl'))).toBe(inputTokenBound(withImage(pngOf(8_000, 8_000))));
  });
});
