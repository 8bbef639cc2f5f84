import type { ChildProcess } from 'node:child_process';
import { usageOf } from '../child';
import { median, quantile } from '../statistics';
import type { Target } from '../targets/target';
import { load } from './load-of';

export type SpeedPlan = { rounds: number; warmUpMs: number; burstMs: number };

/** Of one target at one concurrency: medians over the rounds. */
export type Speed = {
  target: string;
  concurrency: number;
  p50Ms: number;
  p99Ms: number;
  cpuMicroseconds: number;
  requestsPerSecondPerCore: number;
  peakMegabytes: number;
};

type Round = Pick<Speed, 'p50Ms' | 'p99Ms' | 'cpuMicroseconds' | 'peakMegabytes'>;

const CONCURRENCIES = [1, 32] as const;
const UNBOUNDED = 1_000_000;

const measureRound = async (
  loader: ChildProcess,
  target: Target,
  concurrency: number,
  durationMs: number,
): Promise<Round> => {
  const before = await usageOf(target.process);
  const { latenciesMs } = await load(loader, {
    ...target.request('whole'),
    concurrency,
    durationMs,
    atMost: UNBOUNDED,
  });
  const after = await usageOf(target.process);
  return {
    p50Ms: median(latenciesMs),
    p99Ms: quantile(latenciesMs, 0.99),
    cpuMicroseconds: (after.cpuMicroseconds - before.cpuMicroseconds) / latenciesMs.length,
    peakMegabytes: after.peakKilobytes / 1024,
  };
};

const summarize = (target: string, concurrency: number, rounds: readonly Round[]): Speed => {
  const cpuMicroseconds = median(rounds.map((round) => round.cpuMicroseconds));
  return {
    target,
    concurrency,
    p50Ms: median(rounds.map((round) => round.p50Ms)),
    p99Ms: median(rounds.map((round) => round.p99Ms)),
    cpuMicroseconds,
    requestsPerSecondPerCore: 1_000_000 / cpuMicroseconds,
    peakMegabytes: Math.max(...rounds.map((round) => round.peakMegabytes)),
  };
};

/** Buffered answers: every round visits every target at every concurrency, so that a noisy moment strikes all alike. */
export const measureSpeed = async (
  loader: ChildProcess,
  targets: readonly Target[],
  { rounds, warmUpMs, burstMs }: SpeedPlan,
): Promise<Speed[]> => {
  for (const target of targets)
    await load(loader, { ...target.request('whole'), concurrency: 32, durationMs: warmUpMs, atMost: UNBOUNDED });
  const series = CONCURRENCIES.flatMap((concurrency) =>
    targets.map((target) => ({ target, concurrency, rounds: [] as Round[] })),
  );
  for (let round = 0; round < rounds; round += 1)
    for (const { target, concurrency, rounds: done } of series)
      done.push(await measureRound(loader, target, concurrency, burstMs));
  return series.map(({ target, concurrency, rounds: done }) => summarize(target.name, concurrency, done));
};
