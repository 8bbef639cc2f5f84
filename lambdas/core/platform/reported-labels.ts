import type { LabelName } from '../telemetry/label-values';
import type { Metric } from '../telemetry/metric';
import { METRICS_BY_NAME, type Observation } from '../telemetry/metrics';
import { toPlatformLabel } from './platform-label';
import type { Reading } from './reading';

type Labels = Readonly<Record<string, string | undefined>>;

/** What is wrong with the labels that were reported for a metric; undefined when they are exactly its own. */
export const faultOfLabels = (metric: string, labels: Labels): string | undefined => {
  const wanted = labelsOf(metric);
  const given = Object.keys(labels);
  if (given.length === wanted.length && wanted.every((label) => given.includes(label))) return undefined;
  return `must be exactly the labels of ${metric}: ${wanted.length === 0 ? 'none' : wanted.join(', ')}`;
};

/** `amount` of `metric`, when these are its labels. */
export const toObservations = (metric: string, labels: Labels, amount: number): Observation[] =>
  [{ name: metric, labels: guardedOf(metric, labels), amount }].filter(isObservation);

export const toReadings = (
  metric: string,
  labels: Labels,
  rest: Pick<Reading, 'value' | 'at' | 'instance'>,
): Reading[] => [{ metric, labels: guardedOf(metric, labels), ...rest }].filter(isReading);

const labelsOf = (metric: string): readonly LabelName[] => METRICS_BY_NAME.get(metric)?.labels ?? [];

const guardedOf = (metric: string, labels: Labels): Labels =>
  Object.fromEntries(labelsOf(metric).map((label) => [label, toPlatformLabel(label, labels[label] ?? '')]));

type Kind = Metric['kind'];

const isOf = (kind: Kind, name: string, labels: Labels): boolean =>
  METRICS_BY_NAME.get(name)?.kind === kind && faultOfLabels(name, labels) === undefined;

const isObservation = (value: { name: string; labels: Labels; amount: number }): value is Observation =>
  isOf('counter', value.name, value.labels);

const isReading = (value: { metric: string; labels: Labels; value: number; at: number }): value is Reading =>
  isOf('gauge', value.metric, value.labels);
