import type { Step } from '../step';
import { errorFlags } from '../xray/error-flags';

export type KeepOptions = {
  /** What was decided at the head of the trace. */
  sampled: boolean;
  slowMs: number;
};

/**
 * Whether a finished tree is exported: it was sampled at its head, or took long, or the gateway or a provider failed
 * somewhere in it. What a caller did wrong is sampled like everything else: a flood of bad keys is no flood of traces.
 */
export const isKept = (root: Step, { sampled, slowMs }: KeepOptions): boolean =>
  sampled || durationOf(root) > slowMs || hasFault(root);

const durationOf = ({ startedAt, endedAt = startedAt }: Step): number => endedAt - startedAt;

const hasFault = ({ errors, steps }: Step): boolean =>
  errors.some((error) => errorFlags(error).fault === true) || steps.some(hasFault);
