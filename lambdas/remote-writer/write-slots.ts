import type { Context } from 'aws-lambda';
import type { TakenSlot, Written } from './write-slot';
import type { WriterState } from './writer-state';

export type WriteSlotsDeps = {
  state: Pick<WriterState, 'take'>;
  writeSlot: (slot: TakenSlot) => Promise<Written>;
  /** Told of every slot that was taken. */
  report: (slot: number, written: Written) => Promise<void>;
  intervalSeconds: 15 | 60;
  /** Milliseconds since the epoch. */
  now: () => number;
  pause: (milliseconds: number) => Promise<void>;
};

type Invocation = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>;

/** A schedule fires once a minute at most. */
const RUN_SECONDS = 60;

/** A run may begin a moment before the slot that it is for: it waits that long for it when the one under way is taken. */
const EARLY_MS = 15_000;

/** What has to be left of a run for a slot beyond its minute. */
const SLOT_MS = 10_000;

/** What is left for the report when a slot has taken all of its time. */
const REPORT_MS = 2_000;

/**
 * One run of the schedule: the slots of a minute from now on, each at its time. A slot is a multiple of the interval; one
 * that another run has taken is left to it.
 */
export const createWriteSlots = (deps: WriteSlotsDeps) => {
  const { intervalSeconds, now, pause } = deps;
  const intervalMs = intervalSeconds * 1_000;
  const perRun = RUN_SECONDS / intervalSeconds;

  /** Resolves with whether the slot is this run's. */
  const write = async (slot: number, { awsRequestId, getRemainingTimeInMillis }: Invocation): Promise<boolean> => {
    const startsInMs = slot * 1_000 - now();
    if (startsInMs > 0) await pause(startsInMs);
    const { taken, previous } = await deps.state.take(slot, awsRequestId);
    if (!taken) return false;
    const deadlineMs = now() + Math.min(intervalMs, getRemainingTimeInMillis()) - REPORT_MS;
    await deps.report(slot, await deps.writeSlot({ slot, previous, deadlineMs }));
    return true;
  };

  const writeUnlessOver = async (slot: number, invocation: Invocation): Promise<void> => {
    if (now() < slot * 1_000 + intervalMs) await write(slot, invocation);
  };

  return async (_event: unknown, invocation: Invocation): Promise<void> => {
    const first = Math.floor(now() / intervalMs) * intervalSeconds;
    const others = Array.from({ length: perRun - 1 }, (_, index) => first + (index + 1) * intervalSeconds);
    const afterwards = first + RUN_SECONDS;
    const isFirstMine = await write(first, invocation);
    for (const slot of others) await writeUnlessOver(slot, invocation);
    const waitMs = afterwards * 1_000 - now();
    const isEarly = !isFirstMine && waitMs <= EARLY_MS && invocation.getRemainingTimeInMillis() - waitMs >= SLOT_MS;
    if (isEarly) await writeUnlessOver(afterwards, invocation);
  };
};
