import type { ChatEvent } from '../core/chat/events';
import { totalTokens, type Usage } from '../core/chat/usage';
import type { Price, Target } from '../core/models/model';
import type { Span } from '../core/telemetry/ports';
import type { Receipt } from './receipt';

/** What `usage` costs, in integer nano-dollars; undefined when a kind of token that was used has no known price. */
export type CostOf = (price: Price, usage: Usage) => number | undefined;

/**
 * Prices an answer the moment its usage is known, so that its last chunk can carry the cost.
 * Usage that nobody reported, or that has no price, is charged what was held: unknown is never zero.
 */
export const createPriceAnswer =
  ({ costOf }: { costOf: CostOf }) =>
  (receipt: Receipt, { reason, usage }: ChatEvent & { type: 'finish' }, target: Target, parent: Span): void => {
    const span = parent.child('cost.calculate');
    span.annotate('model_id', target.model);
    const attempt = receipt.attempts.at(-1);
    const { taken } = receipt;
    if (attempt === undefined || taken === undefined)
      throw new Error('An answer is priced within an attempt that has a hold.');
    const cost = usage && costOf(target.price, usage);
    receipt.finishReason = reason;
    if (usage) receipt.usage = usage;
    if (cost === undefined) receipt.unmetered = true;
    attempt.costNanoUsd = cost ?? taken.hold.nanoUsd;
    taken.charge = {
      requests: taken.hold.requests,
      tokens: usage ? totalTokens(usage) : taken.hold.tokens,
      nanoUsd: attempt.costNanoUsd,
    };
    span.annotate('input_tokens', usage?.input);
    span.annotate('output_tokens', usage?.output);
    span.annotate('cost_usd', attempt.costNanoUsd / 1e9);
    span.metadata('price', target.price);
    span.metadata('unmetered', cost === undefined);
    span.end();
  };
