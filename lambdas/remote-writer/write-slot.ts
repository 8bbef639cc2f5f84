import * as v from 'valibot';
import { planRequests } from '../core/prometheus/plan-requests';
import type { SendWriteRequest, WriteFailure, WriteResult } from '../core/prometheus/send-write-request';
import { STALE, type TimeSeries, type WriteRequest } from '../core/prometheus/time-series';
import { type Point, toMetadata, toPoints } from '../core/prometheus/to-points';
import type { ExposedFamily } from '../core/telemetry/aliases';
import { type Newcomer, sortPoints } from './sort-points';
import type { WriterState } from './writer-state';

export type WriteSlotDeps = {
  readFamilies: () => Promise<readonly ExposedFamily[]>;
  state: WriterState;
  send: SendWriteRequest;
  intervalSeconds: number;
};

/** A slot that this environment has taken. Times are seconds since the epoch, the deadline milliseconds. */
export type TakenSlot = { slot: number; previous: number | undefined; deadlineMs: number };

export type Failed = { reason: WriteFailure; samples: number; result: WriteResult & { written: false } };

/** What became of a slot. */
export type Written = { samples: number; newSeries: number; failed: readonly Failed[] };

/**
 * Writes every series with the time of the slot. Series that are new get a 0 one step before, in a request of its own, so
 * that any part of this can be repeated after a crash: what has been written is then written again with the same value,
 * or is older than nothing. Rejects when counters or state cannot be read or written.
 */
export const createWriteSlot = (deps: WriteSlotDeps) => {
  const { state, intervalSeconds } = deps;
  let memory: Memory | undefined;

  const recall = async (previous: number | undefined): Promise<Memory> => {
    // Whoever took a slot in between knows series that this environment does not.
    if (memory !== undefined && memory.slot === previous) return memory;
    const [known, gauges] = await Promise.all([state.readKnown(), state.readGauges()]);
    return {
      slot: previous,
      known: new Set(known),
      gauges,
      describedAt: memory?.describedAt ?? Number.NEGATIVE_INFINITY,
    };
  };

  return async ({ slot, previous, deadlineMs }: TakenSlot): Promise<Written> => {
    const [recalled, families] = await Promise.all([recall(previous), deps.readFamilies()]);
    const points = toPoints(families);
    const { unannounced, beginning, gauges } = sortPoints(points, recalled.known);
    const values = [...toSamples(points, slot), ...toEnds(recalled.gauges, gauges, slot)];
    const remember = async (newcomers: readonly Newcomer[]): Promise<void> => {
      if (newcomers.length > 0) await state.addKnown(newcomers.map(({ hash }) => hash));
      for (const { hash } of newcomers) recalled.known.add(hash);
    };

    const zeros = unannounced.map(({ labels }) => toSample(labels, 0, slot - intervalSeconds));
    const announced = await sendAll(deps.send, planRequests(zeros), deadlineMs);
    const unreached = announced.failed.find(isUnreached);
    if (unreached !== undefined) {
      const untried = { ...unreached, samples: values.length };
      return { samples: announced.samples, newSeries: 0, failed: [...announced.failed, untried] };
    }
    await remember(unannounced);

    const isDescribed = slot - recalled.describedAt < DESCRIBED_EVERY_SECONDS;
    const requests = planRequests(values, isDescribed ? [] : toMetadata(families));
    const sent = await sendAll(deps.send, requests, deadlineMs);
    // Otherwise they have not begun, and may have counted by the next slot.
    const begun = sent.failed.some(isUnreached) ? [] : beginning;
    await remember(begun);
    const isWhole = sent.failed.length === 0;
    if (isWhole && !isSame(recalled.gauges, gauges)) await state.saveGauges(gauges);
    memory = {
      slot,
      known: recalled.known,
      gauges: isWhole ? gauges : recalled.gauges,
      describedAt: isWhole && !isDescribed ? slot : recalled.describedAt,
    };
    return {
      samples: announced.samples + sent.samples,
      newSeries: unannounced.length + begun.length,
      failed: [...announced.failed, ...sent.failed],
    };
  };
};

type Memory = { slot: number | undefined; known: Set<string>; gauges: readonly string[]; describedAt: number };

/** Receivers forget what metrics mean some time after they were told. */
const DESCRIBED_EVERY_SECONDS = 3_600;

const toSample = (labels: TimeSeries['labels'], value: number | typeof STALE, seconds: number): TimeSeries => ({
  labels,
  samples: [{ value, timestampMs: seconds * 1_000 }],
});

const toSamples = (points: readonly Point[], slot: number): TimeSeries[] =>
  points.map(({ labels, value }) => toSample(labels, value, slot));

const labelsSchema = v.pipe(v.string(), v.parseJson(), v.array(v.tuple([v.string(), v.string()])));

/** Ends the gauges that are gone, or they would be shown for another five minutes. */
const toEnds = (before: readonly string[], now: readonly string[], slot: number): TimeSeries[] => {
  const present = new Set(now);
  return before
    .filter((gauge) => !present.has(gauge))
    .map((gauge) => toSample(v.parse(labelsSchema, gauge), STALE, slot));
};

const isSame = (left: readonly string[], right: readonly string[]): boolean => {
  const present = new Set(left);
  return left.length === right.length && right.every((gauge) => present.has(gauge));
};

/** A receiver that has a series already refuses its 0, which is then not needed; other failures are of everything. */
const isUnreached = ({ reason }: Failed): boolean => reason !== 'rejected';

/** Sends one after the other; after one that did not reach the receiver, the rest is not tried. */
const sendAll = async (send: SendWriteRequest, requests: readonly WriteRequest[], deadlineMs: number) => {
  let samples = 0;
  const failed: Failed[] = [];
  for (const request of requests) {
    const count = request.series.length;
    const last = failed.at(-1);
    const isHopeless = last !== undefined && isUnreached(last);
    const result = isHopeless ? last.result : await send(request, deadlineMs);
    if (result.written) samples += count;
    else failed.push({ reason: result.reason, samples: count, result });
  }
  return { samples, failed };
};
