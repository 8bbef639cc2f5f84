import type { Reading } from './reading';
import { readingsOf } from './readings-of';
import type { PlatformRecord } from './record';

/**
 * What the gauges of a record show. Of the same metric, labels and instance the last of the record stands. Accounts and
 * services are instances of their own, so that two that report the same gauge do not overwrite each other.
 */
export const readReadings = ({ accountId, service, receivedAt, events }: PlatformRecord): Reading[] =>
  events.flatMap((event) =>
    readingsOf(event, {
      // A clock that runs ahead must not keep later readings out.
      at: Math.min(event.at ?? receivedAt, receivedAt),
      instance: `${accountId}/${service}`,
    }),
  );
