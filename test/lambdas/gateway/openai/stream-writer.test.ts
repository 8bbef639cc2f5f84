import type { ChatEvent } from '../../../../lambdas/core/chat/events';
import { GatewayError } from '../../../../lambdas/core/errors';
import { createStreamWriter } from '../../../../lambdas/gateway/openai/stream-writer';
import { someFacts } from '../http/answer-facts';
import { createRecordedResponse } from '../http/recorded-response';
import { anAnswer } from './answers';

const createStream = ({ includeUsage = false, facts = () => someFacts() } = {}) => {
  const sent = createRecordedResponse();
  const writer = createStreamWriter({ response: sent.response, facts, includeUsage });
  return { sent, writer };
};

const dataOf = (chunk: string) => JSON.parse(chunk.replace(/^data: /, ''));
const deltasOf = (chunks: string[]) =>
  chunks.filter((chunk) => chunk.startsWith('data: {')).map((chunk) => dataOf(chunk).choices[0]?.delta);

describe('createStreamWriter', () => {
  it('writes the role, the text, the end and [DONE]', () => {
    const { sent, writer } = createStream();

    writer.event({ type: 'text', text: 'Hel' });
    writer.event({ type: 'text', text: 'lo\n' });
    writer.finish(anAnswer({ text: 'Hello\n' }));

    expect(deltasOf(sent.chunks)).toEqual([
      { role: 'assistant', content: '', refusal: null },
      { content: 'Hel' },
      { content: 'lo\n' },
      {},
    ]);
    expect(sent.chunks.at(-1)).toBe('data: [DONE]\n\n');
    expect(sent.ended).toBe(true);
  });

  it('writes chunks in the shape of OpenAI', () => {
    const { sent, writer } = createStream();

    writer.event({ type: 'text', text: 'Hello' });
    writer.finish(anAnswer({ reason: 'length' }));

    expect(dataOf(sent.chunks[1] ?? '')).toEqual({
      id: 'chatcmpl-request-1',
      object: 'chat.completion.chunk',
      created: 1_700_000_000,
      model: 'claude-sonnet',
      choices: [{ index: 0, delta: { content: 'Hello' }, logprobs: null, finish_reason: null }],
    });
    expect(dataOf(sent.chunks[2] ?? '').choices).toEqual([
      { index: 0, delta: {}, logprobs: null, finish_reason: 'length' },
    ]);
  });

  it('sends the head with the first event, without a cost that is not final', () => {
    const { sent, writer } = createStream({ facts: () => someFacts({ costNanoUsd: 999 }) });

    writer.event({ type: 'reasoning', text: 'Hm.' });

    expect(sent.status).toBe(200);
    expect(sent.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-fluxgate-model': 'claude-sonnet',
    });
    expect(sent.headers).not.toHaveProperty('x-fluxgate-cost-usd');
    expect(deltasOf(sent.chunks)).toEqual([{ role: 'assistant', content: '', refusal: null }]);
  });

  it('hands over each event as it comes', () => {
    const { sent, writer } = createStream();
    const events: ChatEvent[] = [
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ];

    const counts = events.map((event) => {
      writer.event(event);
      return sent.chunks.length;
    });

    expect(counts).toEqual([2, 3]);
  });

  it('writes tool calls by index, the arguments in fragments', () => {
    const { sent, writer } = createStream();

    writer.event({ type: 'tool_call', index: 0, id: 'a', name: 'weather' });
    writer.event({ type: 'tool_arguments', index: 0, json: '{"city":' });
    writer.event({ type: 'tool_arguments', index: 0, json: '' });
    writer.event({ type: 'tool_arguments', index: 0, json: '"Oslo"}' });
    writer.finish(anAnswer({ reason: 'tool_calls' }));

    expect(deltasOf(sent.chunks).slice(1)).toEqual([
      { tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'weather', arguments: '' } }] },
      { tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] },
      { tool_calls: [{ index: 0, function: { arguments: '"Oslo"}' } }] },
      {},
    ]);
  });

  it('writes {} for a call that came without arguments', () => {
    const { sent, writer } = createStream();

    writer.event({ type: 'tool_call', index: 0, id: 'a', name: 'now' });
    writer.event({ type: 'tool_call', index: 1, id: 'b', name: 'weather' });
    writer.event({ type: 'tool_arguments', index: 1, json: '{}' });
    writer.finish(anAnswer({ reason: 'tool_calls' }));

    expect(deltasOf(sent.chunks).slice(4)).toEqual([{ tool_calls: [{ index: 0, function: { arguments: '{}' } }] }, {}]);
  });

  it('puts usage and cost into a last chunk when it was asked for, and null into the others', () => {
    let costNanoUsd: number | undefined;
    const { sent, writer } = createStream({ includeUsage: true, facts: () => someFacts({ costNanoUsd }) });

    writer.event({ type: 'text', text: 'Hello' });
    costNanoUsd = 1_000_000;
    writer.finish(anAnswer());

    const chunks = sent.chunks.slice(0, -1).map(dataOf);
    expect(chunks.slice(0, -1).map(({ usage }) => usage)).toEqual([null, null, null]);
    expect(chunks.at(-1)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 150, completion_tokens: 20, total_tokens: 170, cost_usd: 0.001 },
    });
    expect(sent.chunks.at(-1)).toBe('data: [DONE]\n\n');
  });

  it('says in the usage chunk that usage is unknown', () => {
    const { sent, writer } = createStream({ includeUsage: true });

    writer.finish(anAnswer({ usage: undefined }));

    expect(dataOf(sent.chunks.at(-2) ?? '').usage).toMatchObject({ total_tokens: null, unmetered: true });
  });

  it('says in the usage chunk what a hit saved', () => {
    const facts = () => someFacts({ cache: 'hit', costNanoUsd: 0, savedNanoUsd: 2_000_000 });
    const { sent, writer } = createStream({ includeUsage: true, facts });

    writer.finish(anAnswer());

    expect(dataOf(sent.chunks.at(-2) ?? '').usage).toMatchObject({ cost_usd: 0, saved_usd: 0.002 });
  });

  it('names the model that answers, though a keep-alive came before it was known', () => {
    let facts = someFacts({ provider: undefined, model: 'alias' });
    const { sent, writer } = createStream({ facts: () => facts });

    writer.keepAlive();
    writer.keepAlive();
    facts = someFacts();
    writer.event({ type: 'text', text: 'Hello' });

    expect(sent.status).toBe(200);
    expect(sent.chunks.slice(0, 2)).toEqual([': keep-alive\n\n', ': keep-alive\n\n']);
    expect(dataOf(sent.chunks[2] ?? '').model).toBe('claude-sonnet');
  });

  it('answers a failure before the first event with its own status', () => {
    const { sent, writer } = createStream();

    writer.fail(new GatewayError('no_provider_answered', 'Try later.', { retryAfterSeconds: 3 }));

    expect(sent.status).toBe(503);
    expect(sent.headers).toMatchObject({ 'retry-after': '3', 'content-type': 'application/json; charset=utf-8' });
    expect(JSON.parse(sent.body).error.code).toBe('no_provider_answered');
  });

  it('tells a failure after the first event in band, without [DONE]', () => {
    const { sent, writer } = createStream();

    writer.event({ type: 'text', text: 'Hel' });
    writer.fail(new GatewayError('provider_stream_cut', 'The answer was cut.'));

    expect(dataOf(sent.chunks.at(-1) ?? '')).toEqual({
      error: {
        message: 'The answer was cut.',
        type: 'server_error',
        param: null,
        code: 'provider_stream_cut',
        correlation_id: 'correlation-1',
      },
    });
    expect(sent.body).not.toContain('[DONE]');
    expect(sent.ended).toBe(true);
  });

  it('lets no text break out of its event', () => {
    const { sent, writer } = createStream();
    const text = '\n\ndata: [DONE]\r\n\r\n"}]}\u2028';

    writer.event({ type: 'text', text });

    expect(sent.chunks[1]?.trimEnd()).not.toMatch(/[\r\n]/);
    expect(dataOf(sent.chunks[1] ?? '').choices[0].delta.content).toBe(text);
  });
});
