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

/** What is left for the report when a slot has taken all of its time. */
const REPORT_MS = 2_000;

/**
 * One run of the schedule: the slots of a minute from now on, each at its time. A slot is a multiple of the interval;
 * one that another run has taken is left to it.
 */
export const createWriteSlots = (deps: WriteSlotsDeps) => {
  const { intervalSeconds, now, pause } = deps;
  const intervalMs = intervalSeconds * 1_000;

  const write = async (slot: number, { awsRequestId, getRemainingTimeInMillis }: Invocation): Promise<void> => {
    const startsInMs = slot * 1_000 - now();
    if (startsInMs > 0) await pause(startsInMs);
    const { taken, previous } = await deps.state.take(slot, awsRequestId);
    if (!taken) return;
    const deadlineMs = now() + Math.min(intervalMs, getRemainingTimeInMillis()) - REPORT_MS;
    await deps.report(slot, await deps.writeSlot({ slot, previous, deadlineMs }));
  };

  return async (_event: unknown, invocation: Invocation): Promise<void> => {
    const first = Math.floor(now() / intervalMs) * intervalSeconds;
    const slots = Array.from({ length: RUN_SECONDS / intervalSeconds }, (_, index) => first + index * intervalSeconds);
    for (const slot of slots) {
      const isOver = now() >= slot * 1_000 + intervalMs;
      if (!isOver) await write(slot, invocation);
    }
  };
};
