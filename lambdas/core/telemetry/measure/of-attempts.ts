import type { AttemptRecord, RequestRecord } from '../../ledger/record';
import { PROVIDER_ERROR_TYPES } from '../error-types';
import type { Observation } from '../metrics';
import { toMicroseconds, when } from './observe';

/** What a request asked of providers. */
export const ofAttempts = (record: RequestRecord): Observation[] => [
  ...record.attempts.flatMap((attempt, index) => ofAttempt(attempt, index)),
  ...ofFirstToken(record),
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

const statusOf = ({ outcome }: AttemptRecord): string => {
  if (outcome === 'success') return 'success';
  return outcome === 'throttled' ? 'rate_limited' : 'error';
};

const ofAttempt = (attempt: AttemptRecord, index: number): Observation[] => {
  const { provider, model, region, outcome } = attempt;
  const target = { provider, model, region };
  return [
    { name: 'gateway_provider_requests_total', labels: { ...target, status: statusOf(attempt) }, amount: 1 },
    {
      name: 'gateway_provider_duration_seconds',
      labels: { ...target, attempt: index < 2 ? String(index + 1) : '3+' },
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

/** Of answers that a provider gave: a replayed one says nothing about a model. */
const ofFirstToken = ({ provider, model, region, cache, timeToFirstEventMs }: RequestRecord): Observation[] =>
  cache === 'hit' || timeToFirstEventMs === undefined
    ? []
    : [
        {
          name: 'gateway_time_to_first_token_seconds',
          labels: { provider, model, region },
          amount: toMicroseconds(timeToFirstEventMs),
        },
      ];

const ofFallbacks = (attempts: readonly AttemptRecord[]): Observation[] => {
  const triggered = attempts.flatMap((from, index): Observation[] => {
    const to = attempts[index + 1];
    if (to === undefined || from.outcome === 'success' || isSameTarget(from, to)) return [];
    const error_type = PROVIDER_ERROR_TYPES[from.outcome];
    return [
      {
        name: 'gateway_fallback_triggered_total',
        labels: { from_provider: from.provider, to_provider: to.provider, error_type },
        amount: 1,
      },
    ];
  });
  return [...triggered, ...ofRescue(attempts)];
};

const ofRescue = (attempts: readonly AttemptRecord[]): Observation[] => {
  const first = attempts[0];
  const last = attempts.at(-1);
  if (first === undefined || last === undefined || last.outcome !== 'success' || !fellBack(attempts)) return [];
  return [
    {
      name: 'gateway_fallback_success_total',
      labels: { from_provider: first.provider, to_provider: last.provider },
      amount: 1,
    },
  ];
};
