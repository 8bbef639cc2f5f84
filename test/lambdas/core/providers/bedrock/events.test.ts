import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { ChatEvent } from '../../../../../lambdas/core/chat/events';
import { createEventReader } from '../../../../../lambdas/core/providers/bedrock/events';
import type { ConverseStreamOutput } from '../../../../../lambdas/core/providers/bedrock/wire';

const FIXTURES = join(__dirname, '../../../../fixtures/bedrock/answers');

const streamEvent = v.custom<ConverseStreamOutput>((event) => typeof event === 'object');
const fixture = v.object({ about: v.string(), events: v.array(streamEvent), expected: v.array(v.unknown()) });

const CASES = readdirSync(FIXTURES).map((file) => ({
  name: file.replace('.json', ''),
  ...v.parse(fixture, JSON.parse(readFileSync(join(FIXTURES, file), 'utf8'))),
}));

const readAll = (events: readonly ConverseStreamOutput[]): ChatEvent[] => {
  const reader = createEventReader();
  return [...events.flatMap(reader.read), ...reader.end()];
};

const START: ConverseStreamOutput = { messageStart: { role: 'assistant' } };
const HELLO: ConverseStreamOutput = { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Hello' } } };

describe('createEventReader', () => {
  it.each(CASES)('$name: $about', ({ events, expected }) => {
    expect(readAll(events)).toEqual(expected);
  });

  it('finishes with the usage, not with the stop event before it', () => {
    const reader = createEventReader();

    const atStop = reader.read({ messageStop: { stopReason: 'end_turn' } });
    const finishedAtStop = reader.isFinished();
    reader.read({ metadata: { usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 }, metrics: undefined } });

    expect(atStop).toEqual([]);
    expect(finishedAtStop).toBe(false);
    expect(reader.isFinished()).toBe(true);
  });

  it.each<[string, ConverseStreamOutput[]]>([
    ['nothing', []],
    ['the start', [START]],
    ['some text', [START, HELLO]],
    ['usage but no stop event', [HELLO, { metadata: { usage: undefined, metrics: undefined } }]],
  ])('calls a stream that ends after %s cut, and maybe billed', (_, events) => {
    expect(() => readAll(events)).toThrow(
      expect.objectContaining({ kind: 'cut', retryable: true, fallback: true, maybeBilled: true }),
    );
  });

  it('calls arguments of a closed call malformed', () => {
    const reader = createEventReader();
    reader.read({ contentBlockStart: { contentBlockIndex: 0, start: { toolUse: { toolUseId: 'a', name: 'b' } } } });
    reader.read({ contentBlockStop: { contentBlockIndex: 0 } });

    const readMore = () =>
      reader.read({ contentBlockDelta: { contentBlockIndex: 0, delta: { toolUse: { input: '{' } } } });

    expect(readMore).toThrow(expect.objectContaining({ kind: 'malformed' }));
  });

  it.each<[string, ConverseStreamOutput]>([
    ['a delta without content', { contentBlockDelta: { contentBlockIndex: 0, delta: undefined } }],
    ['arguments without a call', { contentBlockDelta: { contentBlockIndex: 3, delta: { toolUse: { input: '{' } } } }],
    [
      'a call without an id',
      { contentBlockStart: { contentBlockIndex: 0, start: { toolUse: { toolUseId: undefined, name: 'a' } } } },
    ],
    [
      'a call without a name',
      { contentBlockStart: { contentBlockIndex: 0, start: { toolUse: { toolUseId: 'a', name: '' } } } },
    ],
  ])('calls %s malformed', (_, event) => {
    expect(() => readAll([START, event])).toThrow(
      expect.objectContaining({ kind: 'malformed', retryable: false, maybeBilled: true }),
    );
  });
});
