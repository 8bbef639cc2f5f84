import type { LATENCY_QUERIES } from '../../../../dashboards/metric-queries/latency';
import { divide } from '../answer';
import { type Expectation, MINUTES_5 } from '../expectation';
import type { Question } from '../truth';
import type { ExpectationsOf } from './expectations-of';

const OURS = 'gateway_request_duration_seconds';
const FLUXAI = 'fluxai_request_duration_seconds';

const quantile =
  (level: number, histogram: string, question?: Question): Expectation =>
  ({ truth }) =>
    truth.quantile(level, histogram, MINUTES_5, question);

const both = (level: number) => ({
  ours: quantile(level, OURS),
  asked: { FluxAI: quantile(level, FLUXAI) },
});

export const LATENCY_EXPECTATIONS: ExpectationsOf<typeof LATENCY_QUERIES> = {
  'latency-average': {
    ours: ({ truth }) => divide(truth.rate(`${OURS}_sum`, MINUTES_5), truth.rate(`${OURS}_count`, MINUTES_5)),
  },
  'latency-p50': both(0.5),
  'latency-p90': { ours: quantile(0.9, OURS) },
  'latency-p95': both(0.95),
  'latency-p99': both(0.99),
  'latency-p50-of-a-provider': { ours: quantile(0.5, OURS, { where: { provider: ['bedrock'] } }) },
  'latency-p99-of-a-model': { ours: quantile(0.99, OURS, { where: { model: ['claude-sonnet-4-5'] } }) },
  'time-to-first-token-p95': { ours: quantile(0.95, 'gateway_time_to_first_token_seconds', { by: ['model'] }) },
  'overhead-p99': { ours: quantile(0.99, 'gateway_overhead_seconds') },
};
