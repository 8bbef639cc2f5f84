import type { MONEY_QUERIES } from '../../../../dashboards/metric-queries/money';
import { divide, having, times, top } from '../answer';
import { DAY, HOUR, MINUTES_5 } from '../expectation';
import type { ExpectationsOf } from './expectations-of';

const INPUT = { where: { type: ['input', 'cache_read', 'cache_write'] } };
const OUTPUT = { where: { type: ['output'] } };
const tokens = 'gateway_tokens_total';
const cost = 'gateway_cost_usd_total';
const perRequest = 'gateway_cost_per_request_usd';
const BY_MODEL = { by: ['model'] };
const isNumber = (value: number): boolean => !Number.isNaN(value);

export const MONEY_EXPECTATIONS: ExpectationsOf<typeof MONEY_QUERIES> = {
  'input-tokens-of-a-day': {
    ours: ({ truth }) => truth.increase(tokens, DAY, INPUT),
    asked: { FluxAI: ({ truth }) => truth.now(tokens, INPUT) },
  },
  'input-tokens-per-minute': { ours: ({ truth }) => times(truth.rate(tokens, MINUTES_5, INPUT), 60) },
  'output-tokens-of-a-day': {
    ours: ({ truth }) => truth.increase(tokens, DAY, OUTPUT),
    asked: { FluxAI: ({ truth }) => truth.now(tokens, OUTPUT) },
  },
  'output-tokens-per-minute': { ours: ({ truth }) => times(truth.rate(tokens, MINUTES_5, OUTPUT), 60) },
  'cost-of-a-day': {
    ours: ({ truth }) => truth.increase(cost, DAY),
    asked: { FluxAI: ({ truth }) => truth.now(cost) },
  },
  'cost-by-model': {
    ours: ({ truth }) => truth.increase(cost, DAY, BY_MODEL),
    asked: {
      FluxAI: ({ truth }) => truth.now(cost, BY_MODEL),
      'Model Gateway': ({ truth }) => truth.now(cost, BY_MODEL),
    },
  },
  'cost-per-hour': { ours: ({ truth }) => times(truth.rate(cost, HOUR), 3_600) },
  'daily-cost-estimate': { ours: ({ truth }) => times(truth.rate(cost, HOUR), 86_400) },
  'high-hourly-cost': { ours: ({ truth }) => having(truth.increase(cost, HOUR), (usd) => usd > 10) },
  'cost-per-request-by-model': {
    ours: ({ truth }) =>
      having(
        divide(
          truth.rate(`${perRequest}_sum`, MINUTES_5, BY_MODEL),
          truth.rate(`${perRequest}_count`, MINUTES_5, BY_MODEL),
        ),
        isNumber,
      ),
  },
  'dearest-model': {
    ours: ({ truth }) =>
      top(
        1,
        divide(
          truth.increase(`${perRequest}_sum`, DAY, BY_MODEL),
          truth.increase(`${perRequest}_count`, DAY, BY_MODEL),
        ),
      ),
    asked: {
      FluxAI: ({ truth }) =>
        top(1, divide(truth.now(`${perRequest}_sum`, BY_MODEL), truth.now(`${perRequest}_count`, BY_MODEL))),
    },
  },
  'cost-per-request-p99': { ours: ({ truth }) => truth.quantile(0.99, perRequest, MINUTES_5, BY_MODEL) },
};
