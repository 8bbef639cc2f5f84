import type { Call } from '../core/chat/call';
import { GatewayError } from '../core/errors';
import type { InFlight, InFlightItems } from '../core/ledger/in-flight';
import type { Limits } from '../core/ledger/limits';
import type { Target } from '../core/models/model';
import type { AdmissionNotes, Admit } from './admit';
import { amountFor, type Bound, requestedOutput } from './amount';
import type { Receipt, TakenHold } from './receipt';

export type HoldDeps = {
  admit: Admit;
  limits: Limits;
  inFlight: InFlightItems;
  bound: (call: Call, target: Target) => Bound;
};

const isCharged = ({ charge }: TakenHold): boolean => charge.nanoUsd > 0;

const earlierOf = (taken: TakenHold): InFlight['earlier'][number] => ({
  id: taken.hold.id,
  chargedNanoUsd: taken.charge.nanoUsd,
});

/**
 * The hold of each attempt. A first hold counts the request; a later one replaces what the attempt before it held:
 * kept as a charge when that attempt may have been billed, given back when it was not. The ledger knows of the
 * replacement before either side of it happens, so a crash in between is finished by the sweeper.
 */
export const createHold = ({ admit, limits, inFlight, bound }: HoldDeps) => {
  const settleEarlier = async (receipt: Receipt, taken: TakenHold, next: InFlight['hold']): Promise<void> => {
    const { leaseEndsAt, request, earlier, span } = receipt;
    const { requestId } = request.ids;
    if (leaseEndsAt !== undefined)
      await inFlight.advance({ requestId, leaseEndsAt, hold: next, earlier: earlier.map(earlierOf) }, span);
    await Promise.all(
      taken.scopes.map(({ scope, past }) => limits.settle(scope, taken.hold, taken.charge, { past, span })),
    );
  };

  const replace = async (receipt: Receipt, taken: TakenHold, next: InFlight['hold']): Promise<void> => {
    receipt.earlier.push(taken);
    delete receipt.taken;
    try {
      await settleEarlier(receipt, taken, next);
    } catch (cause) {
      receipt.unsettled.push(taken);
      throw new GatewayError(
        'store_unavailable',
        'Limits cannot be checked at the moment, so no other model was asked. Try again shortly.',
        { retryAfterSeconds: 1, cause },
      );
    }
  };

  return async (receipt: Receipt, target: Target): Promise<void> => {
    const { chat, caller, taken } = receipt;
    if (chat === undefined || caller === undefined) throw new Error('A hold needs a caller and a call.');
    const limit = bound(chat.call, target);
    const outputTokens = requestedOutput(chat.call, target);
    const { nanoUsd } = amountFor(limit, outputTokens);
    if (taken && !isCharged(taken) && taken.hold.nanoUsd >= nanoUsd && taken.outputTokens === outputTokens) return;
    const id =
      taken === undefined
        ? receipt.request.ids.requestId
        : `${receipt.request.ids.requestId}.${receipt.earlier.length + 1}`;
    if (taken) await replace(receipt, taken, { id, nanoUsd });
    const asker = { caller, note: (notes: AdmissionNotes) => Object.assign(receipt, notes), span: receipt.span };
    const wanted = { id, requests: taken === undefined ? (1 as const) : (0 as const), outputTokens };
    receipt.taken = await admit.forCall(asker, limit, wanted);
    if (receipt.taken.outputTokens < (chat.call.maxOutputTokens ?? outputTokens))
      receipt.clampedToTokens = receipt.taken.outputTokens;
    else delete receipt.clampedToTokens;
  };
};
