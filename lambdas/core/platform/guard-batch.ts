import * as v from 'valibot';
import { closedValuesOf, type LabelName, OTHER } from '../telemetry/label-values';
import { METRICS, METRICS_BY_NAME, type MetricName } from '../telemetry/metrics';
import { redactText } from '../telemetry/redaction/redact';
import { type PlatformEvent, storedEvent } from './event';
import { LABEL_FIELDS } from './label-fields';
import type { TelemetryNames } from './label-names';
import { observeEvent } from './observe-event';
import { readingsOf } from './readings-of';
import type { Overflow } from './record';
import { digestOf } from './report-id';

/** What a service reports at once. */
export type Batch = { service: string; events: readonly PlatformEvent[] };

/** A value that was not known: where it stood, counted from the batch, and the label that it was for. */
export type Replaced = { path: string; label: string };

export type GuardedEvent = { event: PlatformEvent; overflow: Overflow[] };
export type GuardedBatch = { service: string; events: GuardedEvent[]; replaced: Replaced[] };

/**
 * Lets in only label values that the catalogue or the deployment knows; everything else becomes `other`, and counts as
 * overflow of each metric that it would have reached. So nothing that is reported can make a series nobody asked for.
 */
export const createGuardBatch = (names: TelemetryNames) => {
  const isKnown = createIsKnown(names);

  const guardEvent = (given: PlatformEvent, by: string, path: string) => {
    const event = withoutPersons(given);
    const unknown = labelsIn(event).filter(({ label, value }) => !isKnown(label, value));
    const guarded = unknown.length === 0 ? event : v.parse(storedEvent, replace(event, unknown));
    return {
      event: guarded,
      overflow: overflowOf(guarded, by, unknown),
      replaced: unknown.map(({ label, field }) => ({ path: `${path}.${field}`, label })),
    };
  };

  return ({ service, events }: Batch): GuardedBatch => {
    const known = isKnown('service', service);
    const by = known ? service : OTHER;
    const guarded = events.map((event, index) => guardEvent(event, by, `events.${index}`));
    return {
      service: by,
      events: guarded.map(({ event, overflow }) => ({
        event,
        overflow: known ? overflow : [...overflow, ...overflowOf(event, by, [{ label: 'service' }])],
      })),
      replaced: [
        ...(known ? [] : [{ path: 'service', label: 'service' }]),
        ...guarded.flatMap(({ replaced }) => replaced),
      ],
    };
  };
};

/** What tells instances apart may name a person. */
const withoutPersons = (event: PlatformEvent): PlatformEvent => {
  if (event.type === 'memory_budget') return { ...event, session: digestOf(event.session) };
  if (event.type === 'reading' && event.instance !== undefined)
    return { ...event, instance: redactText(event.instance) };
  return event;
};

const createIsKnown = (names: TelemetryNames) => {
  const named = new Map<string, readonly string[]>(Object.entries<readonly string[]>(names));
  return (label: LabelName, value: string): boolean =>
    value === OTHER || Boolean(closedValuesOf(label)?.includes(value) || named.get(label)?.includes(value));
};

/** `field` is where the value stands in the event: its name, or `labels.<label>`. */
type LabelInEvent = { label: LabelName; field: string; value: string };

const labelsIn = (event: PlatformEvent): LabelInEvent[] => {
  const fields = new Map<string, unknown>(Object.entries(event));
  const own = Object.entries<LabelName>(LABEL_FIELDS[event.type]).flatMap(([field, label]) => {
    const value = fields.get(field);
    return typeof value === 'string' ? [{ label, field, value }] : [];
  });
  return 'labels' in event ? reportedLabels(event.metric, event.labels) : own;
};

const reportedLabels = (metric: MetricName, labels: Readonly<Record<string, string>>): LabelInEvent[] =>
  METRICS[metric].labels.map((label) => ({ label, field: `labels.${label}`, value: labels[label] ?? '' }));

const replace = (event: PlatformEvent, unknown: readonly LabelInEvent[]): object => {
  const others = Object.fromEntries(unknown.map(({ field }) => [field, OTHER]));
  if (!('labels' in event)) return { ...event, ...others };
  const labels = Object.fromEntries(
    Object.entries(event.labels).map(([label, value]) => [label, others[`labels.${label}`] ?? value]),
  );
  return { ...event, labels };
};

/** Every metric that the event reaches and that has one of these labels, once per label. */
const overflowOf = (event: PlatformEvent, by: string, unknown: readonly { label: LabelName }[]): Overflow[] => {
  const labels = [...new Set(unknown.map(({ label }) => label))];
  return labels.flatMap((label) =>
    metricsOf(event, by)
      .filter((metric) => hasLabel(metric, label))
      .map((metric) => ({ metric, label, count: event.count })),
  );
};

const metricsOf = (event: PlatformEvent, by: string): MetricName[] => [
  ...new Set<MetricName>([
    ...observeEvent(event, by).map(({ name }) => name),
    ...readingsOf(event, { at: 0, instance: '' }).map(({ metric }) => metric),
  ]),
];

const hasLabel = (metric: MetricName, label: LabelName): boolean =>
  METRICS_BY_NAME.get(metric)?.labels.includes(label) ?? false;
