import type { Call } from '../core/chat/call';
import type { Answer } from '../core/chat/collect';
import type { ChatEvent } from '../core/chat/events';
import type { GatewayError } from '../core/errors';
import type { CacheState } from '../core/ledger/record';
import type { ClientResponse } from './client-response';
import type { RequestIds } from './request';

/** A limit as the `x-ratelimit-*` headers tell it: what is left after this request, and when the window ends. */
export type LimitState = { limit: number; remaining: number; resetSeconds: number };

/** What is known of the answer at the moment it is asked: read when headers are committed and when the answer ends. */
export type AnswerFacts = {
  ids: RequestIds;
  /** Seconds since the epoch. */
  created: number;
  /** The catalogue id of the model that answers; the requested name before one does. */
  model: string;
  provider: string | undefined;
  cache: CacheState;
  attempts: number;
  /** Present once the price is known: with the last event. */
  costNanoUsd: number | undefined;
  savedNanoUsd: number;
  /** The output bound sent upstream, when it is below what the client asked for. */
  clampedToTokens: number | undefined;
  requestLimit: LimitState | undefined;
  tokenLimit: LimitState | undefined;
};

/** Turns the events of one answer into bytes of one dialect, buffered or streamed. */
export type AnswerWriter = {
  /** One event of the answer; a streamed answer commits its head with the first. Never called with `finish`. */
  event(event: ChatEvent): void;
  /** The answer is whole and priced: the last chunks, or the whole body. Ends the response. */
  finish(answer: Answer): void;
  /** A refusal or failure: an error body before the head is committed, an in-band error after it. Ends the response. */
  fail(error: GatewayError): void;
  /** Keeps the line alive while the model thinks: commits a streamed head if need be, then an SSE comment. No-op when buffered. */
  keepAlive(): void;
};

/** A chat request after its dialect has read it. */
export type ParsedChat = {
  call: Call;
  stream: boolean;
  /** The client asked for the usage chunk of a stream. */
  includeUsage: boolean;
  /** For the record only; not part of `call` because it cannot change the answer. */
  user: string | undefined;
  metadata: Readonly<Record<string, string>>;
};

/** A wire format that clients speak. Pure, apart from the writer it makes. */
export type Dialect = {
  /** Throws `GatewayError` naming the field at fault. */
  parse(body: Buffer): ParsedChat;
  createWriter(chat: ParsedChat, response: ClientResponse, facts: () => AnswerFacts): AnswerWriter;
  /** The error body and its headers, for answers that never got a writer. */
  errorBody(error: GatewayError, ids: RequestIds): string;
};
