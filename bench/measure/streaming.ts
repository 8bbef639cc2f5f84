import type { ChildProcess } from 'node:child_process';
import { median, quantile } from '../statistics';
import type { Target } from '../targets/target';
import { load } from './load-of';

/** Of one target: the time to the first text, and from there to the last byte. */
export type Streaming = { target: string; firstTextMs: number; firstTextP90Ms: number; restMs: number };

type Series = { target: Target; firstTextMs: number[]; restMs: number[] };

const one = async (loader: ChildProcess, { target, firstTextMs, restMs }: Series): Promise<void> => {
  const order = { ...target.request('streamed'), concurrency: 1, pauseMs: 0, durationMs: 60_000, atMost: 1 };
  const {
    firstTextMs: [first = Number.NaN],
    latenciesMs: [whole = Number.NaN],
  } = await load(loader, order);
  firstTextMs.push(first);
  restMs.push(whole - first);
};

/** Streamed answers, one at a time, the targets by turns. A target that buffers has no rest. */
export const measureStreaming = async (
  loader: ChildProcess,
  targets: readonly Target[],
  rounds: number,
): Promise<Streaming[]> => {
  const series: Series[] = targets.map((target) => ({ target, firstTextMs: [], restMs: [] }));
  for (let round = 0; round < rounds; round += 1) for (const each of series) await one(loader, each);
  return series.map(({ target, firstTextMs, restMs }) => ({
    target: target.name,
    firstTextMs: median(firstTextMs),
    firstTextP90Ms: quantile(firstTextMs, 0.9),
    restMs: median(restMs),
  }));
};
