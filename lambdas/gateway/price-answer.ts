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
    span.metadata('cost_nano_usd', attempt.costNanoUsd);
    span.end();
  };
