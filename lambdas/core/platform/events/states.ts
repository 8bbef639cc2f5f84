import * as v from 'valibot';
import { METRICS_BY_NAME, type ReadingName } from '../../telemetry/metrics';
import { HOST_METRICS } from '../../telemetry/metrics/hosts';
import { defineEvent } from '../define-event';
import { bytes, EVERY_EVENT, name, seconds, trueOrFalse } from '../event-fields';

const isReadingName = (text: unknown): text is ReadingName => {
  const metric = typeof text === 'string' ? METRICS_BY_NAME.get(text) : undefined;
  return metric?.kind === 'gauge' && metric.origin === 'reading';
};

/** Counters that something outside keeps; what the gateway counts itself is not for others to add to. */
export type OutsideCounter = {
  [N in keyof typeof HOST_METRICS]: (typeof HOST_METRICS)[N]['kind'] extends 'counter' ? N : never;
}[keyof typeof HOST_METRICS];

const OUTSIDE: Readonly<Record<string, { kind: string }>> = HOST_METRICS;

const isOutsideCounter = (text: unknown): text is OutsideCounter =>
  typeof text === 'string' && Object.hasOwn(OUTSIDE, text) && OUTSIDE[text]?.kind === 'counter';

/** The gauges that can be reported. */
export const READING_NAMES: readonly ReadingName[] = [...METRICS_BY_NAME.keys()].filter(isReadingName);
export const OUTSIDE_COUNTERS: readonly OutsideCounter[] = Object.keys(OUTSIDE).filter(isOutsideCounter);

const MOST_LABELS = 8;
const labels = v.optional(
  v.pipe(
    v.record(v.string(), name, 'must be an object of texts'),
    v.check((given) => Object.keys(given).length <= MOST_LABELS, `must have at most ${MOST_LABELS} labels`),
  ),
  {},
);

const MOST_VALUE = 1e15;
const valueFault = `must be a number from ${-MOST_VALUE} to ${MOST_VALUE}`;
const value = v.pipe(v.number(valueFault), v.minValue(-MOST_VALUE, valueFault), v.maxValue(MOST_VALUE, valueFault));

/** A provider was asked whether it is there. */
export const healthCheck = defineEvent('health_check', {
  ...EVERY_EVENT,
  provider: name,
  healthy: trueOrFalse,
  latencySeconds: v.optional(seconds),
});

/** The memory that a session may use, and uses. A record keeps a digest of the session, and it becomes no label. */
export const memoryBudget = defineEvent('memory_budget', {
  ...EVERY_EVENT,
  session: name,
  limitBytes: bytes,
  usedBytes: bytes,
});

/** What a gauge of the catalogue shows. `instance` tells apart who reads the same series; it becomes no label. */
export const reading = defineEvent('reading', {
  ...EVERY_EVENT,
  metric: v.custom<ReadingName>(isReadingName, `must be a gauge that can be reported: ${READING_NAMES.join(', ')}`),
  labels,
  value,
  instance: v.optional(name),
});

const amountFault = `must be a number from 0 to ${MOST_VALUE}`;

/** What a counter outside has gone up by since it was reported last, in its unit. */
export const increase = defineEvent('increase', {
  ...EVERY_EVENT,
  metric: v.custom<OutsideCounter>(
    isOutsideCounter,
    `must be a counter that is kept outside: ${OUTSIDE_COUNTERS.join(', ')}`,
  ),
  labels,
  amount: v.pipe(v.number(amountFault), v.minValue(0, amountFault), v.maxValue(MOST_VALUE, amountFault)),
});
