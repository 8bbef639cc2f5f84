import type { LabelsOf, ReadingName } from '../telemetry/metrics';

/**
 * What a gauge showed at one time. Readings are not added up over time: of the same metric, labels and instance the
 * latest stands, and the exposition makes one series of the instances that still report.
 */
export type Reading = {
  [N in ReadingName]: {
    metric: N;
    labels: LabelsOf<N>;
    /** A number of the metric's unit, as it was reported. */
    value: number;
    /** When it was read, milliseconds since the epoch. */
    at: number;
    /** Who read it, when more than one does: never a label. Sessions stand here as hashes. */
    instance?: string;
  };
}[ReadingName];
