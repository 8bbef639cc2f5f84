import type { TakenSlot } from '../../../lambdas/remote-writer/write-slot';
import { createWriteSlots } from '../../../lambdas/remote-writer/write-slots';
import { FakeWriterState } from './fake-writer-state';

const MINUTE = 1_798_000_020;

/** A schedule that fires at a second, on a clock that pauses and writing move. */
const aSchedule = (intervalSeconds: 15 | 60, state = new FakeWriterState()) => {
  let clockMs = 0;
  let writingMs = 500;
  const written: TakenSlot[] = [];
  const lags: number[] = [];
  const writeSlots = createWriteSlots({
    state,
    intervalSeconds,
    writeSlot: async (slot) => {
      written.push(slot);
      clockMs += writingMs;
      return { samples: 1, newSeries: 0, failed: [] };
    },
    report: async (slot) => {
      lags.push(clockMs / 1_000 - slot);
    },
    now: () => clockMs,
    pause: async (milliseconds) => {
      clockMs += milliseconds;
    },
  });
  return {
    written,
    lags,
    slots: () => written.map(({ slot }) => slot - MINUTE),
    take: (milliseconds: number) => {
      writingMs = milliseconds;
    },
    fire: (second: number, { id = String(second), leftMs = 59_000 } = {}) => {
      clockMs = (MINUTE + second) * 1_000;
      const endsMs = clockMs + leftMs;
      return writeSlots({}, { awsRequestId: id, getRemainingTimeInMillis: () => endsMs - clockMs });
    },
  };
};

describe('a run of the schedule', () => {
  it('writes the minute that it falls into', async () => {
    const schedule = aSchedule(60);

    await schedule.fire(7);
    await schedule.fire(60 + 59);

    expect(schedule.slots()).toEqual([0, 60]);
    expect(schedule.lags).toEqual([7.5, 59.5]);
  });

  it('writes four quarters of a minute, each at its time', async () => {
    const schedule = aSchedule(15);

    await schedule.fire(22);

    expect(schedule.slots()).toEqual([15, 30, 45, 60]);
    expect(schedule.lags).toEqual([7.5, 0.5, 0.5, 0.5]);
  });

  it('tells a slot which one was written before it', async () => {
    const schedule = aSchedule(15);

    await schedule.fire(0);

    expect(schedule.written.map(({ previous }) => previous)).toEqual([undefined, MINUTE, MINUTE + 15, MINUTE + 30]);
  });

  it.each([
    [60, [0]],
    [15, [0, 15, 30, 45]],
  ] as const)('at %d seconds writes no slot twice when the schedule fires twice', async (interval, expected) => {
    const state = new FakeWriterState();
    const one = aSchedule(interval, state);
    const other = aSchedule(interval, state);

    await one.fire(1);
    await other.fire(2);

    expect([...one.slots(), ...other.slots()]).toEqual(expected);
  });

  it.each([
    [60, [0, 60, 120]],
    [15, [0, 15, 30, 45, 60, 75, 90, 105, 120, 135, 150, 165]],
  ] as const)('at %d seconds leaves none out when the schedule fires a little early', async (interval, expected) => {
    const schedule = aSchedule(interval);

    await schedule.fire(0);
    await schedule.fire(59.9);
    await schedule.fire(120);

    expect(schedule.slots()).toEqual(expected);
  });

  it('may take its slot again when the answer to that was lost', async () => {
    const state = new FakeWriterState();
    await state.take(MINUTE, 'the run');
    const schedule = aSchedule(60, state);

    await schedule.fire(1, { id: 'the run' });

    expect(schedule.slots()).toEqual([0]);
  });

  it('leaves out slots that went by while it was writing', async () => {
    const schedule = aSchedule(15);
    schedule.take(31_000);

    await schedule.fire(0);

    expect(schedule.slots()).toEqual([0, 30]);
  });

  it('gives a slot the time of its interval, and no more than the run has left', async () => {
    const schedule = aSchedule(60);

    await schedule.fire(10, { leftMs: 120_000 });
    await schedule.fire(60, { leftMs: 20_000 });

    const startedAt = [MINUTE + 10, MINUTE + 60];
    expect(schedule.written.map(({ deadlineMs }, index) => deadlineMs / 1_000 - (startedAt[index] ?? 0))).toEqual([
      58, 18,
    ]);
  });
});
