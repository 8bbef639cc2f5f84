import type { SOURCE_SYSTEMS } from '../lambdas/core/telemetry/metric';

/** How another system asks the same, over its own names of the metrics. Those names are aliases here. */
export type AskedElsewhere = {
  system: (typeof SOURCE_SYSTEMS)[number];
  expression: string;
  /** Why its answer is wrong or empty. Without one, it is right as it stands. */
  fault?: string;
  /** What its right answer means here, where that is not quite the same. */
  note?: string;
};

/** A saved question to Prometheus. */
export type MetricQuery = {
  title: string;
  /** What the answer tells, with its unit. */
  answers: string;
  expression: string;
  asked?: readonly AskedElsewhere[];
  /** What a reader has to know beyond the answer. */
  note?: string;
};

export type MetricQueryTable = Readonly<Record<string, MetricQuery>>;
