import { when } from '../../telemetry/measure/observe';
import { toAmount } from '../../telemetry/metric';
import type { Observation } from '../../telemetry/metrics';
import type { EventOf } from '../event';
import { toPlatformLabel } from '../platform-label';
import { toTarget } from '../target-labels';
import { errorTypeOf } from './of-requests';

type GatewayRequestEvent = EventOf<'gateway_request'>;

/** A request that a service served itself: each family of the gateway's own requests gets its part of it once. */
export const ofGatewayRequest = (event: GatewayRequestEvent): Observation[] => [
  ...ofOutcome(event),
  ...ofUsage(event),
  ...ofCache(event),
  ...ofRouting(event),
];

const ofOutcome = (event: GatewayRequestEvent): Observation[] => {
  const target = toTarget(event);
  const endpoint = toPlatformLabel('endpoint', event.endpoint);
  const { status, timeToFirstTokenSeconds } = event;
  return [
    { name: 'gateway_requests_total', labels: { ...target, endpoint, status }, amount: 1 },
    {
      name: 'gateway_request_duration_seconds',
      labels: { ...target, endpoint },
      amount: toAmount('seconds', event.durationSeconds),
    },
    ...when(status !== 'success', () => ({
      name: 'gateway_request_errors_total',
      labels: { ...target, error_type: event.errorType ?? errorTypeOf(status, 'gateway') },
      amount: 1,
    })),
    ...when(status === 'rate_limited', () => ({
      name: 'gateway_rate_limit_hits_total',
      labels: { endpoint },
      amount: 1,
    })),
    ...when(event.streamed, () => ({
      name: 'gateway_streaming_requests_total',
      labels: { provider: target.provider, model: target.model, status },
      amount: 1,
    })),
    ...(timeToFirstTokenSeconds === undefined
      ? []
      : when(event.cache !== 'hit', () => ({
          name: 'gateway_time_to_first_token_seconds',
          labels: target,
          amount: toAmount('seconds', timeToFirstTokenSeconds),
        }))),
  ];
};

const ofUsage = (event: GatewayRequestEvent): Observation[] => {
  const { provider, model, region } = toTarget(event);
  const { costUsd } = event;
  const money: Observation[] =
    costUsd === undefined
      ? when(event.cache !== 'hit' && event.status === 'success', () => ({
          name: 'gateway_unpriced_requests_total',
          labels: { provider, model },
          amount: 1,
        }))
      : [
          ...when(costUsd > 0, () => ({
            name: 'gateway_cost_usd_total',
            labels: { provider, model, region },
            amount: toAmount('usd', costUsd),
          })),
          ...when(event.cache !== 'hit', () => ({
            name: 'gateway_cost_per_request_usd',
            labels: { provider, model, region },
            amount: toAmount('usd', costUsd),
          })),
        ];
  return [...ofTokens(event), ...money];
};

const ofTokens = (event: GatewayRequestEvent): Observation[] => {
  const target = toTarget(event);
  const processed = Object.entries(tokensOf(event)).flatMap(([kind, tokens = 0]) =>
    when(tokens > 0, () => ({
      name: 'gateway_tokens_total',
      labels: { ...target, type: toPlatformLabel('type', kind) },
      amount: tokens,
    })),
  );
  return [...processed, ...(event.cache === 'hit' ? [] : ofSize(event))];
};

/** A prompt is as large as all that was sent, also what the provider had cached. */
const ofSize = (event: GatewayRequestEvent): Observation[] => {
  const { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 } = event;
  const { provider, model } = toTarget(event);
  const size = (type: 'input' | 'output', amount: number): Observation => ({
    name: 'gateway_tokens_per_request',
    labels: { provider, model, type },
    amount,
  });
  return [
    ...(inputTokens === undefined ? [] : [size('input', inputTokens + cacheReadTokens + cacheWriteTokens)]),
    ...(outputTokens === undefined ? [] : [size('output', outputTokens)]),
  ];
};

/** What a cache answered was processed once already: it is counted under a type of its own. */
const tokensOf = (event: GatewayRequestEvent): Record<string, number | undefined> => {
  const { inputTokens: input, outputTokens: output, cacheReadTokens, cacheWriteTokens } = event;
  const kinds = { input, output, cache_read: cacheReadTokens, cache_write: cacheWriteTokens };
  if (event.cache !== 'hit') return kinds;
  return { cached: Object.values(kinds).reduce<number>((sum, tokens) => sum + (tokens ?? 0), 0) };
};

const ofCache = ({ cache, cacheType, model: named, savingsUsd = 0 }: GatewayRequestEvent): Observation[] => {
  const model = toPlatformLabel('model', named);
  const hit = cache === 'hit';
  return [
    ...when(hit, () => ({ name: 'cache_hits_total', labels: { cache_type: cacheType, model }, amount: 1 })),
    ...when(hit && savingsUsd > 0, () => ({
      name: 'cache_savings_usd_total',
      labels: { cache_type: cacheType, model },
      amount: toAmount('usd', savingsUsd),
    })),
    // A miss counts for the request, and for the tier that was asked.
    ...[...new Set(['all', cacheType] as const)].flatMap((cache_type) =>
      when(cache === 'miss', () => ({ name: 'cache_misses_total', labels: { cache_type, model }, amount: 1 })),
    ),
  ];
};

const ofRouting = ({ strategy, reason, model }: GatewayRequestEvent): Observation[] =>
  strategy === undefined
    ? []
    : [
        {
          name: 'routing_decisions_total',
          labels: { strategy, model: toPlatformLabel('model', model), reason: reason ?? 'default' },
          amount: 1,
        },
      ];
