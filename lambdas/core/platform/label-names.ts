import { type LabelName, OPEN_LABELS } from '../telemetry/label-values';

/**
 * Labels whose values a deployment may name in its settings. Those with a closed set (models, services) can be given more
 * values; the others have none but what is named. What is neither known nor named becomes `other`.
 */
export const NAMED_LABELS = [
  ...OPEN_LABELS,
  'pool',
  'model',
  'service',
  'endpoint',
  'provider',
  'region',
] as const satisfies readonly LabelName[];

export type NamedLabel = (typeof NAMED_LABELS)[number];

/** The values that a deployment has named, by label. */
export type TelemetryNames = Readonly<Partial<Record<NamedLabel, readonly string[]>>>;

/** Values of one label, at most: every one of them can become a series. */
export const MOST_NAMES = 100;

/** What a name may look like: nothing that the counters' keys or the text format would have to escape. */
export const NAME_SHAPE = /^[\w.:/{}@*+ -]{1,64}$/;
