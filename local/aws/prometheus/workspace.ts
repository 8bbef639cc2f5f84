import { findLabelFault, toText } from './check-labels';
import type { WriteRequest } from './decode-write-request';
import type { WrittenMetadata, WrittenSample, WrittenSeries } from './written-series';

/** A workspace that keeps the last samples of each series. */
export type Workspace = {
  /** Takes what can be taken; returns, in the receiver's words, the first thing that could not. */
  append(request: WriteRequest): string | undefined;
  series(): readonly WrittenSeries[];
  metadata(): readonly WrittenMetadata[];
};

export type WorkspaceOptions = {
  /** How much older than the newest sample of the workspace a sample may be that comes late. */
  readonly outOfOrderSeconds: number;
  /** How the workspace calls its owner in errors. */
  readonly owner: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

/** How many samples of a series are kept. */
const KEPT = 500;

/** How far ahead of the clock a sample may be. */
const AHEAD_MS = 10 * 60_000;

export const createWorkspace = ({ outOfOrderSeconds, owner, now }: WorkspaceOptions): Workspace => {
  const all = new Map<string, { labels: WrittenSeries['labels']; samples: WrittenSample[] }>();
  const described = new Map<string, WrittenMetadata>();
  let newestMs = Number.NEGATIVE_INFINITY;

  const appendSample = (samples: WrittenSample[], sample: WrittenSample): string | undefined => {
    const last = samples.at(-1);
    if (sample.timestampMs > now() + AHEAD_MS) return `timestamp too new: ${sample.timestampMs}`;
    if (last === undefined || sample.timestampMs > last.timestampMs) {
      samples.push(sample);
      if (samples.length > KEPT) samples.shift();
      newestMs = Math.max(newestMs, sample.timestampMs);
      return undefined;
    }
    if (sample.timestampMs === last.timestampMs) {
      return sample.bits === last.bits ? undefined : 'duplicate sample for timestamp';
    }
    if (outOfOrderSeconds === 0) return 'out of order sample';
    if (sample.timestampMs < newestMs - outOfOrderSeconds * 1_000) return 'too old sample';
    samples.splice(
      samples.findIndex(({ timestampMs }) => timestampMs > sample.timestampMs),
      0,
      sample,
    );
    return undefined;
  };

  const appendSeries = ({ labels, samples }: WrittenSeries): string | undefined => {
    const fault = findLabelFault(labels);
    if (fault !== undefined) return fault;
    const text = toText(labels);
    const kept = all.get(text) ?? { labels, samples: [] };
    all.set(text, kept);
    const faults = samples.map((sample) => {
      const refusal = appendSample(kept.samples, sample);
      const at = new Date(sample.timestampMs).toISOString();
      return refusal && `user=${owner}: err: ${refusal}. timestamp=${at}, series=${text}`;
    });
    return faults.find((found) => found !== undefined);
  };

  return {
    append: ({ series, metadata }) => {
      for (const one of metadata) described.set(one.name, one);
      // Every series is tried: what is refused does not hold up the others.
      return series.map(appendSeries).find((fault) => fault !== undefined);
    },
    series: () => [...all.values()].map(({ labels, samples }) => ({ labels, samples: [...samples] })),
    metadata: () => [...described.values()],
  };
};
