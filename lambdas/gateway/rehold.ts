import type { Call } from '../core/chat/call';
import type { InFlight, InFlightItems } from '../core/ledger/in-flight';
import type { Limits } from '../core/ledger/limits';
import type { Target } from '../core/models/model';
import type { Admit } from './admit';
import { amountFor, type Bound, requestedOutput } from './hold';
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
  takenAt: taken.hold.takenAt,
  chargedNanoUsd: taken.charge.nanoUsd,
});

/**
 * The hold of each attempt. A first hold counts the request; a later one replaces what the attempt before it held:
 * kept as a charge when that attempt may have been billed, given back when it was not. The ledger knows of the
 * replacement before either side of it happens, so a crash in between is finished by the sweeper.
 */
export const createHold = ({ admit, limits, inFlight, bound }: HoldDeps) => {
  const replace = async (receipt: Receipt, taken: TakenHold, next: InFlight['hold']): Promise<void> => {
    const { requestId } = receipt.request.ids;
    receipt.earlier.push(taken);
    if (receipt.leaseEndsAt !== undefined)
      await inFlight.advance({
        requestId,
        leaseEndsAt: receipt.leaseEndsAt,
        hold: next,
        earlier: receipt.earlier.map(earlierOf),
      });
    await Promise.all(taken.scopes.map(({ scope, past }) => limits.settle(scope, taken.hold, taken.charge, past)));
    delete receipt.taken;
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
    if (taken) await replace(receipt, taken, { id, nanoUsd, takenAt: receipt.request.receivedAt });
    const admitted = await admit.forCall(caller, limit, { id, requests: taken === undefined ? 1 : 0, outputTokens });
    receipt.taken = admitted.taken;
    receipt.requestLimit = admitted.requestLimit ?? receipt.requestLimit;
    receipt.tokenLimit = admitted.tokenLimit ?? receipt.tokenLimit;
    if (admitted.taken.outputTokens < (chat.call.maxOutputTokens ?? outputTokens))
      receipt.clampedToTokens = admitted.taken.outputTokens;
    else delete receipt.clampedToTokens;
  };
};
