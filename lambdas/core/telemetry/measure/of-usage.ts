import { promptTokens, totalTokens, type Usage } from '../../chat/usage';
import type { RequestRecord } from '../../ledger/record';
import type { LabelValue } from '../label-values';
import { toAmount } from '../metric';
import type { Observation } from '../metrics';
import { type TargetLabels, toTargetLabels } from './labels';
import { when } from './observe';

/** Tokens and money of a request. Usage that nobody reported is not a token count of 0: it is not counted, and flagged. */
export const ofUsage = (record: RequestRecord): Observation[] => {
  const { attempts, outcome, costNanoUsd, overshootNanoUsd } = record;
  const target = toTargetLabels(record);
  const { provider, model } = target;
  return [
    ...ofTokens(record, target),
    ...when(costNanoUsd > 0, () => ({ name: 'gateway_cost_usd_total', labels: target, amount: costNanoUsd })),
    // What an abandoned request cost is not known yet: its charge is its hold.
    ...when(attempts.length > 0 && outcome !== 'abandoned', () => ({
      name: 'gateway_cost_per_request_usd',
      labels: target,
      amount: costNanoUsd,
    })),
    ...when(record.unmetered, () => ({
      name: 'gateway_unmetered_requests_total',
      labels: { provider, model },
      amount: 1,
    })),
    ...when(overshootNanoUsd > 0, () => ({
      name: 'gateway_overshoot_usd_total',
      labels: { provider, model },
      amount: overshootNanoUsd,
    })),
    ...ofHold(record, target),
  ];
};

/** What was held against what it cost. Nobody knows yet what an abandoned request cost, and a cached answer held nothing. */
const ofHold = (
  { heldNanoUsd, costNanoUsd, outcome, cache }: RequestRecord,
  { provider, model }: TargetLabels,
): Observation[] => {
  if (heldNanoUsd === 0 || cache === 'hit') return [];
  const labels = { provider, model };
  return [
    { name: 'gateway_held_usd_total', labels, amount: heldNanoUsd },
    ...when(outcome !== 'abandoned', () => ({
      name: 'gateway_hold_used_ratio',
      labels,
      amount: toAmount('ratio', costNanoUsd / heldNanoUsd),
    })),
  ];
};

const ofTokens = ({ cache, usage }: RequestRecord, target: TargetLabels): Observation[] => {
  if (usage === undefined) return [];
  const fromCache = cache === 'hit';
  return [
    ...tokenTypes(usage, fromCache).flatMap(([type, tokens]) =>
      when(tokens > 0, () => ({ name: 'gateway_tokens_total', labels: { ...target, type }, amount: tokens })),
    ),
    ...(fromCache ? [] : ofSize(usage, target)),
  ];
};

const ofSize = (usage: Usage, { provider, model }: TargetLabels): Observation[] => [
  {
    name: 'gateway_tokens_per_request',
    labels: { provider, model, type: 'input' },
    amount: promptTokens(usage),
  },
  { name: 'gateway_tokens_per_request', labels: { provider, model, type: 'output' }, amount: usage.output },
];

/** What the cache answers was processed once already: it is counted under a type of its own. */
const tokenTypes = (usage: Usage, fromCache: boolean): [LabelValue<'type'>, number][] =>
  fromCache
    ? [['cached', totalTokens(usage)]]
    : [
        ['input', usage.input],
        ['output', usage.output],
        ['cache_read', usage.cacheRead],
        ['cache_write', usage.cacheWrite5m + usage.cacheWrite1h],
      ];
