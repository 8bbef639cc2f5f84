import type { EventOf, PlatformEvent } from './event';
import type { Reading } from './reading';
import { toReadings } from './reported-labels';

/** When a gauge was read, and by whom. */
export type Reader = { at: number; instance: string };

/** What the gauges that one event reports show. */
export const readingsOf = (event: PlatformEvent, { at, instance }: Reader): Reading[] => {
  switch (event.type) {
    case 'reading':
      return toReadings(event.metric, event.labels, {
        value: event.value,
        at,
        instance: within(instance, event.instance),
      });
    case 'health_check':
      return toReadings(
        'gateway_provider_health',
        { provider: event.provider },
        { value: event.healthy ? 1 : 0, at, instance },
      );
    case 'drift_check':
      return toReadings('drift_score', { model: event.model }, { value: event.score, at, instance });
    case 'memory_budget':
      return ofMemoryBudget(event, { at, instance: within(instance, event.session) });
    default:
      return [];
  }
};

const ofMemoryBudget = ({ limitBytes, usedBytes }: EventOf<'memory_budget'>, reader: Reader): Reading[] => [
  ...toReadings('memory_budget_limit_bytes', {}, { value: limitBytes, ...reader }),
  ...toReadings('memory_budget_used_bytes', {}, { value: usedBytes, ...reader }),
];

const within = (instance: string, part: string | undefined): string =>
  part === undefined ? instance : `${instance}/${part}`;
