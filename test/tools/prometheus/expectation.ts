import type { RequestRecord } from '../../../lambdas/core/ledger/record';
import type { Answer } from './answer';
import type { Truth } from './truth';

/** What an expectation may look at: series at the times of their samples, and the records themselves. */
export type Known = {
  truth: Truth;
  /** Every record of the load. */
  records: readonly RequestRecord[];
  /** How many requests are under way. */
  underWay: number;
  /** Whether the gauges that are worked out stand in /metrics, or are recorded by rules. */
  derived: 'shown' | 'recorded';
};

export type Expectation = (known: Known) => Answer;

export const MINUTES_5 = 300;
export const HOUR = 3_600;
export const DAY = 86_400;
