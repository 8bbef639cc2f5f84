import type { FinishReason } from '../../../../lambdas/core/chat/events';
import { GatewayError } from '../../../../lambdas/core/errors';
import { createBufferedWriter } from '../../../../lambdas/gateway/openai/buffered-writer';
import { someFacts } from '../http/answer-facts';
import { createRecordedResponse } from '../http/recorded-response';
import { anAnswer } from './answers';

const finish = (answer = anAnswer(), facts = someFacts()) => {
  const sent = createRecordedResponse();
  createBufferedWriter(sent.response, () => facts).finish(answer);
  return sent;
};

describe('createBufferedWriter', () => {
  it('writes a chat.completion', () => {
    const sent = finish();

    expect(sent.status).toBe(200);
    expect(sent.ended).toBe(true);
    expect(JSON.parse(sent.body)).toEqual({
      id: 'chatcmpl-request-1',
      object: 'chat.completion',
      created: 1_700_000_000,
      model: 'claude-sonnet',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hello', refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: {
        prompt_tokens: 150,
        completion_tokens: 20,
        total_tokens: 170,
        prompt_tokens_details: { cached_tokens: 40 },
        cost_usd: 0.01245,
      },
    });
  });

  it('puts the facts into the headers, the cost included', () => {
    const sent = finish();

    expect(sent.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-fluxgate-cost-usd': '0.01245',
      'x-fluxgate-provider': 'bedrock',
    });
  });

  it('writes nothing before the answer is whole', () => {
    const sent = createRecordedResponse();
    const writer = createBufferedWriter(sent.response, someFacts);

    writer.event({ type: 'text', text: 'Hel' });
    writer.keepAlive();

    expect(sent.response.committed).toBe(false);
  });

  it('writes tool calls, with null for content that is not there', () => {
    const toolCalls = [
      { id: 'a', name: 'weather', arguments: '{"city":"Oslo"}' },
      { id: 'b', name: 'time', arguments: '' },
    ];

    const sent = finish(anAnswer({ text: '', toolCalls, reason: 'tool_calls' }));

    expect(JSON.parse(sent.body).choices[0]).toMatchObject({
      message: {
        content: null,
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
          { id: 'b', type: 'function', function: { name: 'time', arguments: '{}' } },
        ],
      },
      finish_reason: 'tool_calls',
    });
  });

  it('writes an answer without words as empty content', () => {
    const sent = finish(anAnswer({ text: '', reason: 'length' }));

    expect(JSON.parse(sent.body).choices[0].message.content).toBe('');
  });

  it.each<[FinishReason, string]>([
    ['stop', 'stop'],
    ['length', 'length'],
    ['tool_calls', 'tool_calls'],
    ['content_filter', 'content_filter'],
    ['other', 'stop'],
  ])('tells the end %s as %s', (reason, told) => {
    const sent = finish(anAnswer({ reason }));

    expect(JSON.parse(sent.body).choices[0].finish_reason).toBe(told);
  });

  it('tells unknown usage as null, never as zero', () => {
    const sent = finish(anAnswer({ usage: undefined }), someFacts({ costNanoUsd: 5_000 }));

    expect(JSON.parse(sent.body).usage).toEqual({
      prompt_tokens: null,
      completion_tokens: null,
      total_tokens: null,
      unmetered: true,
      cost_usd: 0.000005,
    });
  });

  it('tells an unknown cost as null', () => {
    const sent = finish(anAnswer(), someFacts({ costNanoUsd: undefined }));

    expect(JSON.parse(sent.body).usage.cost_usd).toBeNull();
  });

  it('tells what a cache hit saved', () => {
    const sent = finish(anAnswer(), someFacts({ cache: 'hit', costNanoUsd: 0, savedNanoUsd: 12_450_000 }));

    expect(JSON.parse(sent.body).usage).toMatchObject({ cost_usd: 0, saved_usd: 0.01245 });
  });

  it('prints dollars digit for digit', () => {
    const sent = finish(anAnswer(), someFacts({ costNanoUsd: 300_000_001 }));

    expect(sent.body).toContain('"cost_usd":0.300000001}');
  });

  it('answers a failure with its own status, code and facts', () => {
    const sent = createRecordedResponse();
    const error = new GatewayError('requests_per_minute', 'Wait a little.', { retryAfterSeconds: 7.5 });

    createBufferedWriter(sent.response, () => someFacts({ costNanoUsd: undefined })).fail(error);

    expect(sent.status).toBe(429);
    expect(sent.headers).toMatchObject({ 'retry-after': '8', 'x-request-id': 'client-1', 'x-fluxgate-attempts': '1' });
    expect(JSON.parse(sent.body)).toEqual({
      error: {
        message: 'Wait a little.',
        type: 'rate_limit_error',
        param: null,
        code: 'requests_per_minute',
        correlation_id: 'correlation-1',
      },
    });
    expect(sent.ended).toBe(true);
  });
});
