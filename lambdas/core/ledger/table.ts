import { createHash } from 'node:crypto';

/** The only place where the keys of the ledger table are spelled. */
export const IN_FLIGHT_PARTITIONS = 16;

export const RECORD = 'record';
export const CORRECTION = 'correction';

const partitionOf = (requestId: string): number =>
  (createHash('sha256').update(requestId).digest()[0] ?? 0) % IN_FLIGHT_PARTITIONS;

export const inFlightPartition = (partition: number): string => `inflight#${partition}`;

export const inFlightPartitions = (): string[] =>
  Array.from({ length: IN_FLIGHT_PARTITIONS }, (_, index) => inFlightPartition(index));

/** Sorts by lease, so that what has expired is one range of a partition. */
export const leasePrefix = (leaseEndsAt: number): string => String(leaseEndsAt).padStart(13, '0');

export const inFlightKey = (requestId: string, leaseEndsAt: number) => ({
  pk: inFlightPartition(partitionOf(requestId)),
  sk: `${leasePrefix(leaseEndsAt)}#${requestId}`,
});
