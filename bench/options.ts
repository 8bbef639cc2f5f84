import { parseArgs } from 'node:util';
import type { SpeedPlan } from './measure/speed';
import type { TelemetryPlan } from './telemetry/measure';

export const HELP = `Measures the gateway function against an instant upstream on this machine's loopback.

  npm run bench              the whole table, some minutes
  npm run bench -- --quick   fewer rounds, under two minutes
  npm run bench -- --print   prints only, leaves docs/performance.md as it is
`;

export type Plan = {
  speed: SpeedPlan;
  streamRounds: number;
  loadRounds: number;
  /** Requests of each kind whose consumption is counted. */
  requestsPerKind: number;
  telemetry: TelemetryPlan;
};

export type Options = { plan: Plan; quick: boolean; print: boolean; help: boolean };

const FULL: Plan = {
  speed: { rounds: 7, burstMs: 2_500, warmUp: { requests: 5_000, atMostMs: 20_000 } },
  streamRounds: 80,
  loadRounds: 15,
  requestsPerKind: 20,
  telemetry: { rounds: 9, requests: 3_000 },
};
const QUICK: Plan = {
  speed: { rounds: 2, burstMs: 800, warmUp: { requests: 2_000, atMostMs: 5_000 } },
  streamRounds: 12,
  loadRounds: 5,
  requestsPerKind: 5,
  telemetry: { rounds: 3, requests: 1_000 },
};

/** Reads the command line. Throws, with the option's name, on one that it does not know. */
export const readOptions = (args: readonly string[]): Options => {
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: 'boolean' }, print: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const { quick = false, print = false, help = false } = values;
  return { plan: quick ? QUICK : FULL, quick, print, help };
};
