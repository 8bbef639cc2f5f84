import type { GatewayError } from '../../core/errors';
import { toIdHeaders } from '../../core/http/request-ids';
import type { AnswerFacts, LimitState } from '../answer-writer';
import type { RequestIds } from '../request';
import { toUsd } from './to-usd';

export type Headers = Record<string, string>;

export const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' } as const;
export const EVENT_STREAM_TYPE = { 'content-type': 'text/event-stream; charset=utf-8' } as const;

/** On every answer: the ids, and that nobody may keep or reinterpret it. */
export const toBaseHeaders = (ids: RequestIds): Headers => ({
  ...toIdHeaders(ids),
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
});

/** Seconds as OpenAI prints them: `1s`, `6m0s`. */
const toDuration = (seconds: number): string => {
  const whole = Math.max(0, Math.ceil(seconds));
  return whole < 60 ? `${whole}s` : `${Math.floor(whole / 60)}m${whole % 60}s`;
};

const toLimitHeaders = (kind: 'requests' | 'tokens', state: LimitState | undefined): Headers =>
  state
    ? {
        [`x-ratelimit-limit-${kind}`]: String(state.limit),
        [`x-ratelimit-remaining-${kind}`]: String(Math.max(0, state.remaining)),
        [`x-ratelimit-reset-${kind}`]: toDuration(state.resetSeconds),
      }
    : {};

// A model's name comes from the client until a provider is chosen, and has no business in a header.
const toProviderHeaders = ({ provider, model }: AnswerFacts): Headers =>
  provider === undefined ? {} : { 'x-fluxgate-provider': provider, 'x-fluxgate-model': model };

/**
 * The headers that tell how an answer came about. The cost is there as soon as it is known, so never at the head of a
 * stream: there it stands in the usage chunk.
 */
export const toAnswerHeaders = (facts: AnswerFacts): Headers => ({
  ...toBaseHeaders(facts.ids),
  ...toProviderHeaders(facts),
  'x-fluxgate-cache': facts.cache,
  'x-fluxgate-attempts': String(facts.attempts),
  ...(facts.costNanoUsd === undefined ? {} : { 'x-fluxgate-cost-usd': toUsd(facts.costNanoUsd) }),
  ...(facts.savedNanoUsd > 0 ? { 'x-fluxgate-saved-usd': toUsd(facts.savedNanoUsd) } : {}),
  ...(facts.clampedToTokens === undefined ? {} : { 'x-fluxgate-clamped-tokens': String(facts.clampedToTokens) }),
  ...toLimitHeaders('requests', facts.requestLimit),
  ...toLimitHeaders('tokens', facts.tokenLimit),
});

/** What an error adds to the headers of its answer: when to come back, in whole seconds. */
export const toErrorHeaders = ({ retryAfterSeconds }: GatewayError): Headers =>
  retryAfterSeconds === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterSeconds))) };
