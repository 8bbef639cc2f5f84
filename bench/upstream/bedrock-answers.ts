import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { encodeEvent } from '../../local/bedrock/event-stream';

const TEXT = 'The sensor measures the field and does not disturb it while it does. '.repeat(9).slice(0, 600);
const USAGE = { inputTokens: 250, outputTokens: 150, totalTokens: 400 };
const EVENTS = 20;
const EVENT_MS = 3;

const WHOLE = Buffer.from(
  JSON.stringify({
    output: { message: { role: 'assistant', content: [{ text: TEXT }] } },
    stopReason: 'end_turn',
    usage: USAGE,
    metrics: { latencyMs: 1 },
  }),
);

const delta = (text: string): Buffer =>
  encodeEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text }, p: 'abcdefgh' });

const START = encodeEvent('messageStart', { role: 'assistant' });
const DELTAS = Array.from({ length: EVENTS }, (_, index) => delta(TEXT.slice(index * 30, (index + 1) * 30)));
const END = Buffer.concat([
  encodeEvent('contentBlockStop', { contentBlockIndex: 0 }),
  encodeEvent('messageStop', { stopReason: 'end_turn' }),
  encodeEvent('metadata', { usage: USAGE, metrics: { latencyMs: 1 } }),
]);
const AT_ONCE = Buffer.concat([START, ...DELTAS, END]);

const STREAM_HEAD = { 'content-type': 'application/vnd.amazon.eventstream' };

/** The same answer to every Converse call, at once. */
export const answerWhole = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': WHOLE.length }).end(WHOLE);
};

/** The same answer to every ConverseStream call, at once. */
export const answerStreamAtOnce = (response: ServerResponse): void => {
  response.writeHead(200, { ...STREAM_HEAD, 'content-length': AT_ONCE.length }).end(AT_ONCE);
};

/** The same answer in 20 events, 3 ms apart: one after the other, as a model speaks. */
export const answerStreamSlowly = async (response: ServerResponse): Promise<void> => {
  response.writeHead(200, STREAM_HEAD);
  response.write(START);
  for (const event of DELTAS) {
    response.write(event);
    await pause(EVENT_MS);
  }
  response.end(END);
};
