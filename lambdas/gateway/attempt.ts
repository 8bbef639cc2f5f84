import type { ChatEvent } from '../core/chat/events';
import { ProviderError } from '../core/errors';
import type { AttemptRecord } from '../core/ledger/record';
import type { Target } from '../core/models/model';
import type { Provider } from '../core/providers/provider';
import { describeAttempt } from '../core/telemetry/describe-attempt';
import type { AwsCall, Span } from '../core/telemetry/ports';
import { toStreamError } from './provider-failure';
import type { Receipt } from './receipt';

export type AttemptDeps = {
  providers: Readonly<Record<Target['provider'], Provider>>;
  /** Enters usage and cost of a finished answer in the receipt. */
  price: (receipt: Receipt, event: ChatEvent & { type: 'finish' }, target: Target, span: Span) => void;
  now: () => number;
};

/** What an attempt calls, in words of AWS. */
const CALLS: Readonly<Record<Target['provider'], (target: Target) => AwsCall>> = {
  bedrock: ({ region }) => ({ service: 'BedrockRuntime', operation: 'ConverseStream', region }),
};

/** The failure of an attempt that gave no event; nothing when it answered. */
export type Attempted = ProviderError | undefined;

const newAttempt = ({ provider, model, region }: Target): AttemptRecord => ({
  provider,
  model,
  region,
  outcome: 'success',
  durationMs: 0,
  costNanoUsd: 0,
});

/** A failure that may have been billed is charged what was held for it, for nobody says what it used. */
const chargeInFull = (receipt: Receipt, record: AttemptRecord): void => {
  const { taken } = receipt;
  if (taken === undefined) return;
  record.costNanoUsd = taken.hold.nanoUsd;
  taken.charge = { requests: taken.hold.requests, tokens: taken.hold.tokens, nanoUsd: taken.hold.nanoUsd };
  receipt.unmetered = true;
};

/** Whoever read the answer left before its end, so nobody will say what it used. */
const abandon = (receipt: Receipt, record: AttemptRecord): void => {
  record.outcome = 'cut';
  chargeInFull(receipt, record);
};

const toProviderError = (error: unknown): ProviderError =>
  error instanceof ProviderError
    ? error
    : new ProviderError('malformed', 'The provider adapter failed.', {
        retryable: false,
        fallback: true,
        maybeBilled: true,
        cause: error,
      });

const cutShort = (): ProviderError =>
  new ProviderError('cut', 'The stream ended without a finish.', {
    retryable: false,
    fallback: true,
    maybeBilled: true,
  });

/** One call of one provider, timed, traced and entered in the receipt. */
export const createAttempt = ({ providers, price, now }: AttemptDeps) =>
  async function* attempt(
    receipt: Receipt,
    target: Target,
    timeoutMs: number,
    parent: Span,
  ): AsyncGenerator<ChatEvent, Attempted> {
    const { chat, taken } = receipt;
    if (chat === undefined || taken === undefined) throw new Error('An attempt needs a call and a hold.');
    const record = newAttempt(target);
    receipt.attempts.push(record);
    const number = receipt.attempts.length;
    const span = parent.child(`provider_attempt_${number}`);
    const invoke = span.child('bedrock.invoke_model', CALLS[target.provider](target));
    const startedAt = now();
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeoutMs);
    let finished = false;
    try {
      const events = providers[target.provider].stream(target, chat.call, {
        maxOutputTokens: taken.outputTokens,
        metadata: { 'fluxgate-request-id': receipt.request.ids.requestId },
        signal: abort.signal,
        span: invoke,
      });
      for await (const event of events) {
        if (record.timeToFirstEventMs === undefined) {
          record.timeToFirstEventMs = now() - startedAt;
          receipt.answered = target;
          receipt.firstEventAt ??= now();
        }
        if (event.type === 'finish') {
          finished = true;
          price(receipt, event, target, span);
        }
        yield event;
      }
      if (!finished) throw cutShort();
      return undefined;
    } catch (error) {
      const failure = toProviderError(error);
      record.outcome = failure.kind;
      invoke.fail(failure);
      span.fail(failure);
      const begun = record.timeToFirstEventMs !== undefined;
      if (begun || failure.maybeBilled) chargeInFull(receipt, record);
      if (begun) throw toStreamError(failure);
      return failure;
    } finally {
      clearTimeout(timer);
      if (!finished && record.outcome === 'success') abandon(receipt, record);
      record.durationMs = now() - startedAt;
      invoke.end();
      const { sessionId, correlationId } = receipt.request.ids;
      const { usage, finishReason } = finished ? receipt : {};
      const facts = { record, target, call: chat.call, sessionId, correlationId, usage, finishReason };
      describeAttempt({ attempt: span, invoke }, { ...facts, number, maxOutputTokens: taken.outputTokens });
      span.end();
    }
  };
