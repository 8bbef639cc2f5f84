import type { Bill } from './bill';
import { FAULTS } from './fault';
import type { FaultBox } from './fault-box';
import { MARKERS } from './markers';
import { DEFAULT_PACE, type Pace } from './pace';

export type ControlDeps = { bill: Bill; faults: FaultBox; pace?: Partial<Pace> };

/** What tests and people steer the simulator with, in the process and over HTTP alike. */
export const createControl = ({ bill, faults, pace: initial }: ControlDeps) => {
  const start: Pace = { ...DEFAULT_PACE, ...initial };
  let pace = start;
  return {
    /** Arms a fault for all requests to come: `throttle times=2 model=haiku`. Throws on a misspelt one. */
    arm: (fault: string): void => faults.arm(fault),
    armed: (): readonly string[] => faults.armed(),
    /** Disarms every fault and forgets how often each has struck. */
    clearFaults: (): void => faults.clear(),
    pace: (): Pace => pace,
    setPace(change: Partial<Pace>): void {
      pace = { ...pace, ...change };
    },
    /** Back to how it started: no bill, no faults, the first pace. */
    reset(): void {
      bill.reset();
      faults.clear();
      pace = start;
    },
    help: () => ({ markers: MARKERS, faults: FAULTS }),
  };
};

export type Control = ReturnType<typeof createControl>;
