import { createThrottle } from '../../../local/api/throttle';

describe('the throttling of a stage', () => {
  it('lets the burst through, refuses the next, and refills at the rate', () => {
    let now = 0;
    const take = createThrottle({ ratePerSecond: 10, burst: 3 }, () => now);

    const burst = [take(), take(), take(), take()];
    now = 100;
    const refilled = [take(), take()];
    now = 10_000;
    const rested = [take(), take(), take(), take()];

    expect(burst).toEqual([true, true, true, false]);
    expect(refilled).toEqual([true, false]);
    expect(rested).toEqual([true, true, true, false]);
  });

  it('is none when the stage has no settings', () => {
    const take = createThrottle(undefined, () => 0);

    expect(Array.from({ length: 1000 }, take).every(Boolean)).toBe(true);
  });
});
