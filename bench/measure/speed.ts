import type { ChildProcess } from 'node:child_process';
import { usageOf } from '../child';
import { median, quantile } from '../statistics';
import type { Target } from '../targets/target';
import { load } from './load-of';

export type SpeedPlan = {
  rounds: number;
  burstMs: number;
  /** V8 compiles what has run often: a target that is measured earlier looks several times slower than it is. */
  warmUp: { requests: number; atMostMs: number };
};

/** Of one target at one concurrency: medians over the rounds, and the best round, which is nearest to a quiet machine. */
export type Speed = {
  target: string;
  concurrency: number;
  p50Ms: number;
  bestP50Ms: number;
  p99Ms: number;
  cpuMicroseconds: number;
  bestCpuMicroseconds: number;
  requestsPerSecondPerCore: number;
  peakMegabytes: number;
};

type Round = Pick<Speed, 'p50Ms' | 'p99Ms' | 'cpuMicroseconds' | 'peakMegabytes'>;

/**
 * One at a time and with a pause, as an environment of Lambda serves: nobody waits for what follows the last byte.
 * Then as many as it takes to fill the CPU.
 */
const LOADS = [
  { concurrency: 1, pauseMs: 10 },
  { concurrency: 32, pauseMs: 0 },
] as const;

type LoadShape = (typeof LOADS)[number];
type Series = { target: Target; shape: LoadShape; rounds: Round[] };

const WARM_UP = { concurrency: 8, pauseMs: 0 } as const;
const UNBOUNDED = 1_000_000;

const measureRound = async (loader: ChildProcess, { target, shape }: Series, durationMs: number): Promise<Round> => {
  const before = await usageOf(target.process);
  const order = { ...target.request('whole'), ...shape, durationMs, atMost: UNBOUNDED };
  const { latenciesMs } = await load(loader, order);
  const after = await usageOf(target.process);
  return {
    p50Ms: median(latenciesMs),
    p99Ms: quantile(latenciesMs, 0.99),
    cpuMicroseconds: (after.cpuMicroseconds - before.cpuMicroseconds) / latenciesMs.length,
    peakMegabytes: after.peakKilobytes / 1024,
  };
};

const summarize = ({ target, shape, rounds }: Series): Speed => {
  const cpuMicroseconds = median(rounds.map((round) => round.cpuMicroseconds));
  return {
    target: target.name,
    concurrency: shape.concurrency,
    p50Ms: median(rounds.map((round) => round.p50Ms)),
    bestP50Ms: Math.min(...rounds.map((round) => round.p50Ms)),
    p99Ms: median(rounds.map((round) => round.p99Ms)),
    cpuMicroseconds,
    bestCpuMicroseconds: Math.min(...rounds.map((round) => round.cpuMicroseconds)),
    requestsPerSecondPerCore: 1_000_000 / cpuMicroseconds,
    peakMegabytes: Math.max(...rounds.map((round) => round.peakMegabytes)),
  };
};

/** Buffered answers: every round visits every target under every load, so that a noisy moment strikes all alike. */
export const measureSpeed = async (
  loader: ChildProcess,
  targets: readonly Target[],
  { rounds, burstMs, warmUp }: SpeedPlan,
): Promise<Speed[]> => {
  const warmUpBounds = { ...WARM_UP, durationMs: warmUp.atMostMs, atMost: warmUp.requests };
  for (const target of targets) await load(loader, { ...target.request('whole'), ...warmUpBounds });
  const series = LOADS.flatMap((shape) => targets.map((target): Series => ({ target, shape, rounds: [] })));
  for (let round = 0; round < rounds; round += 1)
    for (const each of series) each.rounds.push(await measureRound(loader, each, burstMs));
  return series.map(summarize);
};
