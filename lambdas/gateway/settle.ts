import type { Call } from '../core/chat/call';
import type { Answer } from '../core/chat/collect';
import type { InFlightItems } from '../core/ledger/in-flight';
import type { Limits } from '../core/ledger/limits';
import type { RequestRecord } from '../core/ledger/record';
import type { Records } from '../core/ledger/records';
import type { Target } from '../core/models/model';
import { toRecordContext } from '../core/telemetry/log-fields';
import type { Log } from '../core/telemetry/ports';
import type { Announce } from './announce';
import { type ExactCache, isCacheable } from './cache/exact';
import { toLogContext } from './log-context';
import type { Receipt, TakenHold } from './receipt';
import type { RefusalRoll } from './refusal-roll';

export type SettleDeps = {
  records: Records;
  limits: Limits;
  inFlight: InFlightItems;
  cache: ExactCache;
  cacheKey: (accountId: string, call: Call, target: Target) => string;
  roll: RefusalRoll;
  announce: Announce;
  log: Log;
  now: () => number;
};

const failureOf = ({ failure, error }: Receipt): unknown => failure ?? error;

/**
 * Finishes a request after its last byte: the terminal record, then the scopes, then the in-flight item, so that any
 * half can be finished from the other by the sweeper. Never throws: what fails is logged with the whole record.
 */
export const createSettle = (deps: SettleDeps) => {
  const { records, limits, inFlight, announce, log } = deps;

  /**
   * The sweeper was faster: its record stands, and what really happened is told as a correction. The scopes are charged
   * as that record says, should the sweeper have died before it did, and then the difference.
   */
  const correct = async (receipt: Receipt, record: RequestRecord, abandoned: RequestRecord): Promise<void> => {
    await records.correct(abandoned, record, receipt.span);
    const last = receipt.taken ?? receipt.unsettled.at(-1);
    if (last === undefined) return;
    const settled = receipt.earlier.filter((hold) => !receipt.unsettled.includes(hold));
    const before = settled.reduce((sum, { charge }) => sum + charge.nanoUsd, 0);
    const swept = { ...last.charge, nanoUsd: abandoned.costNanoUsd - before };
    const charge = async ({ scope }: TakenHold['scopes'][number]): Promise<void> => {
      await limits.settle(scope, last.hold, swept, { span: receipt.span });
      await limits.adjust(scope, last.hold, record.costNanoUsd - abandoned.costNanoUsd);
    };
    await Promise.all(last.scopes.map(charge));
  };

  const releaseScopes = async ({ taken, unsettled, span }: Receipt): Promise<void> => {
    const holds = taken === undefined ? unsettled : [...unsettled, taken];
    await Promise.all(
      holds.flatMap(({ hold, charge, scopes }) =>
        scopes.map(({ scope, past }) => limits.settle(scope, hold, charge, { past, span })),
      ),
    );
  };

  const close = async ({ leaseEndsAt, holdsInDoubt, request, span }: Receipt): Promise<void> => {
    if (leaseEndsAt === undefined || holdsInDoubt) return;
    await inFlight.close({ requestId: request.ids.requestId, leaseEndsAt }, span);
  };

  /** `record` is undefined when it was rolled up. */
  const write = async (receipt: Receipt, record: RequestRecord | undefined): Promise<void> => {
    if (record) {
      const written = await records.put(record, receipt.span);
      if (written.written) await announce(record, toLogContext(receipt), failureOf(receipt));
      else await correct(receipt, record, written.existing);
    }
    await releaseScopes(receipt);
    await close(receipt);
  };

  const writeRolled = async (rolled: RequestRecord): Promise<void> => {
    await records.put(rolled);
    await announce(rolled, toRecordContext(rolled));
  };

  const storeAnswer = async (receipt: Receipt, answer: Answer | undefined): Promise<void> => {
    const { answered, caller, chat, storeAnswer: wanted, cache } = receipt;
    if (!wanted || cache === 'hit' || !answer || !answered || !caller || !chat || receipt.error) return;
    if (!isCacheable(answer, receipt.clampedToTokens !== undefined) || answer.usage === undefined) return;
    const costNanoUsd = receipt.attempts.at(-1)?.costNanoUsd ?? 0;
    const entry = { ...answer, usage: answer.usage, costNanoUsd };
    await deps.cache.store(deps.cacheKey(caller.account.accountId, chat.call, answered), entry, receipt.span);
  };

  const attend = async (receipt: Receipt, record: RequestRecord, what: string, work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      log.event('store_failure', toLogContext(receipt), { step: what, record }, error);
    }
  };

  return async (receipt: Receipt, record: RequestRecord, answer: Answer | undefined): Promise<void> => {
    if (receipt.caller === undefined) return announce(record, toLogContext(receipt), failureOf(receipt));
    const due = deps.roll.add(record, deps.now());
    const rolled = due.filter((other) => other !== record);
    await Promise.all([
      attend(receipt, record, 'settle', write(receipt, due.includes(record) ? record : undefined)),
      ...rolled.map((other) => attend(receipt, other, 'roll', writeRolled(other))),
      attend(receipt, record, 'cache', storeAnswer(receipt, answer)),
    ]);
  };
};
