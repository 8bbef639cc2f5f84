import { fold } from '../counters/fold';
import type { GuardedBatch, GuardedEvent } from './guard-batch';
import { measurePlatform } from './measure-platform';
import type { Overflow, PlatformRecord } from './record';

/** Who reported, and when. */
export type Origin = Omit<PlatformRecord, 'schema' | 'kind' | 'service' | 'events' | 'overflow'>;

/** A record is counted in one transaction: well below what that takes, whatever else is counted beside it. */
const MOST_FAMILIES = 20;
const MOST_ATTRIBUTES = 150;

/**
 * The records of a report: one, unless its events touch more series than one transaction can count. Then the others have
 * the id of the first with a number behind it, so that the same report always makes the same records.
 */
export const toPlatformRecords = ({ service, events }: GuardedBatch, origin: Origin): PlatformRecord[] =>
  partsOf(events, service, origin).map((part, index) => {
    const { intakeMs, ...rest } = origin;
    return {
      schema: 1,
      kind: 'platform',
      ...rest,
      ...(index === 0 && intakeMs !== undefined ? { intakeMs } : {}),
      requestId: index === 0 ? origin.requestId : `${origin.requestId}.${index}`,
      service,
      events: part.map(({ event }) => event),
      overflow: addUp(part.flatMap(({ overflow }) => overflow)),
    };
  });

const partsOf = (events: readonly GuardedEvent[], service: string, origin: Origin): GuardedEvent[][] => {
  const parts: GuardedEvent[][] = [];
  let touched = new Map<string, Set<string>>();
  for (const guarded of events) {
    const own = seriesOf(guarded, service, origin);
    const together = union(touched, own);
    const last = parts.at(-1);
    if (last !== undefined && fits(together)) {
      last.push(guarded);
      touched = together;
    } else {
      parts.push([guarded]);
      touched = own;
    }
  }
  return parts;
};

const seriesOf = ({ event, overflow }: GuardedEvent, service: string, origin: Origin): Map<string, Set<string>> => {
  const record: PlatformRecord = { schema: 1, kind: 'platform', ...origin, service, events: [event], overflow };
  return new Map(
    [...fold(measurePlatform(record))].map(([family, attributes]) => [family, new Set(attributes.keys())]),
  );
};

const union = (one: ReadonlyMap<string, Set<string>>, other: ReadonlyMap<string, Set<string>>) => {
  const all = new Map(one);
  for (const [family, attributes] of other) all.set(family, new Set([...(all.get(family) ?? []), ...attributes]));
  return all;
};

const fits = (touched: ReadonlyMap<string, Set<string>>): boolean =>
  touched.size <= MOST_FAMILIES && [...touched.values()].every(({ size }) => size <= MOST_ATTRIBUTES);

const addUp = (overflow: readonly Overflow[]): Overflow[] => {
  const sums = new Map<string, Overflow>();
  for (const { metric, label, count } of overflow) {
    const key = `${metric} ${label}`;
    sums.set(key, { metric, label, count: count + (sums.get(key)?.count ?? 0) });
  }
  return [...sums.values()];
};
