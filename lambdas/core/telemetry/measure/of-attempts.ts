import type { AttemptRecord, RequestRecord } from '../../ledger/record';
import { PROVIDER_ERROR_TYPES } from '../error-types';
import { type LabelValue, toLabelValue } from '../label-values';
import type { Observation } from '../metrics';
import { toTargetLabels } from './labels';
import { toMicroseconds, when } from './observe';

/** What a request asked of providers. */
export const ofAttempts = (record: RequestRecord): Observation[] => [
  ...record.attempts.flatMap((attempt, index) => ofAttempt(attempt, index)),
  ...ofPace(record),
  ...ofFallbacks(record.attempts),
];

/** Whether another target than the first one was asked last. */
export const fellBack = (attempts: readonly AttemptRecord[]): boolean => {
  const first = attempts[0];
  const last = attempts.at(-1);
  return first !== undefined && last !== undefined && !isSameTarget(first, last);
};

const isSameTarget = (one: AttemptRecord, other: AttemptRecord): boolean =>
  one.provider === other.provider && one.model === other.model && one.region === other.region;

const statusOf = ({ outcome }: AttemptRecord): LabelValue<'status'> => {
  if (outcome === 'success') return 'success';
  return outcome === 'throttled' ? 'rate_limited' : 'error';
};

const ATTEMPTS = ['1', '2'] as const;

const ofAttempt = (attempt: AttemptRecord, index: number): Observation[] => {
  const { outcome } = attempt;
  const target = toTargetLabels(attempt);
  return [
    { name: 'gateway_provider_requests_total', labels: { ...target, status: statusOf(attempt) }, amount: 1 },
    {
      name: 'gateway_provider_duration_seconds',
      labels: { ...target, attempt: ATTEMPTS[index] ?? '3+' },
      amount: toMicroseconds(attempt.durationMs),
    },
    ...(outcome === 'success'
      ? []
      : when(true, () => ({
          name: 'gateway_provider_errors_total',
          labels: { ...target, error_type: PROVIDER_ERROR_TYPES[outcome] },
          amount: 1,
        }))),
  ];
};

/** How fast an answer came. Of answers that a provider gave: a replayed one says nothing about a model. */
const ofPace = (record: RequestRecord): Observation[] => {
  const { cache, timeToFirstEventMs } = record;
  if (cache === 'hit' || timeToFirstEventMs === undefined) return [];
  const labels = toTargetLabels(record);
  const tokenMs = tokenMsOf(record);
  return [
    { name: 'gateway_time_to_first_token_seconds', labels, amount: toMicroseconds(timeToFirstEventMs) },
    ...(tokenMs === undefined
      ? []
      : when(true, () => ({
          name: 'gateway_time_per_output_token_seconds',
          labels,
          amount: toMicroseconds(tokenMs),
        }))),
  ];
};

/** The mean time between two output tokens; undefined when there are no two, or nobody said how many there were. */
const tokenMsOf = ({ attempts, usage }: RequestRecord): number | undefined => {
  const last = attempts.at(-1);
  if (last?.outcome !== 'success' || last.timeToFirstEventMs === undefined) return undefined;
  if (usage === undefined || usage.output < 2) return undefined;
  return (last.durationMs - last.timeToFirstEventMs) / (usage.output - 1);
};

const ofFallbacks = (attempts: readonly AttemptRecord[]): Observation[] => {
  const triggered = attempts.flatMap((from, index): Observation[] => {
    const to = attempts[index + 1];
    if (to === undefined || from.outcome === 'success' || isSameTarget(from, to)) return [];
    const labels = { ...toPair(from, to), error_type: PROVIDER_ERROR_TYPES[from.outcome] };
    return [{ name: 'gateway_fallback_triggered_total', labels, amount: 1 }];
  });
  return [...triggered, ...ofRescue(attempts)];
};

const ofRescue = (attempts: readonly AttemptRecord[]): Observation[] => {
  const first = attempts[0];
  const last = attempts.at(-1);
  if (first === undefined || last === undefined || last.outcome !== 'success' || !fellBack(attempts)) return [];
  return [{ name: 'gateway_fallback_success_total', labels: toPair(first, last), amount: 1 }];
};

const toPair = (from: AttemptRecord, to: AttemptRecord) => ({
  from_provider: toLabelValue('from_provider', from.provider),
  to_provider: toLabelValue('to_provider', to.provider),
});
