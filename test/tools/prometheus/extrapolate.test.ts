import { increaseOf } from './extrapolate';

/** A sample a minute, from `from` to `to`, which are seconds. */
const everyMinute = (from: number, to: number): number[] =>
  Array.from({ length: (to - from) / 60 + 1 }, (_, index) => (from + index * 60) * 1_000);

const WINDOW = { endsAt: 3_600_000, length: 300_000 };

describe('the increase of a counter', () => {
  it('is the difference when samples lie on both ends of the window', () => {
    expect(increaseOf({ times: everyMinute(3_300, 3_600), first: 40, last: 52 }, WINDOW)).toBe(12);
  });

  it('goes on to ends that are less than a sample away', () => {
    const increase = increaseOf({ times: everyMinute(3_330, 3_570), first: 1_000, last: 1_012 }, WINDOW);

    expect(increase).toBeCloseTo((12 * 300) / 240, 12);
  });

  it('goes on for half a sample towards ends that are further away', () => {
    const increase = increaseOf({ times: everyMinute(3_420, 3_480), first: 1_000, last: 1_012 }, WINDOW);

    expect(increase).toBeCloseTo((12 * (60 + 30 + 30)) / 60, 12);
  });

  it('does not go back to before the counter was 0', () => {
    const late = increaseOf({ times: everyMinute(3_330, 3_570), first: 0, last: 12 }, WINDOW);
    const later = increaseOf({ times: everyMinute(3_330, 3_570), first: 1, last: 13 }, WINDOW);

    expect(late).toBeCloseTo((12 * (240 + 30)) / 240, 12);
    expect(later).toBeCloseTo((12 * (240 + 20 + 30)) / 240, 12);
  });

  it('decides by rounding, as Prometheus does, where 0 is just as far away as samples reach', () => {
    // Eleven distances of 40 s in all reach 4 s, and 2 of a growth of 20 are 4 s of it. A Prometheus said 0.0701586 a second.
    const times = [0, 2, 4, 6, 8, 16, 18, 20, 22, 36, 38, 40].map((second) => 3_559_723 + second * 1_000);

    expect(increaseOf({ times, first: 2, last: 22 }, WINDOW)).toBeCloseTo((20 * (40 + 40 / 22 + 0.277)) / 40, 12);
  });

  it('is 0 for a counter that stands still, wherever its samples are', () => {
    expect(increaseOf({ times: everyMinute(3_420, 3_480), first: 7, last: 7 }, WINDOW)).toBe(0);
  });

  it.each([[[]], [[3_500_000]]])('is unknown from less than two samples', (times) => {
    expect(increaseOf({ times, first: 1, last: 1 }, WINDOW)).toBeUndefined();
  });
});
