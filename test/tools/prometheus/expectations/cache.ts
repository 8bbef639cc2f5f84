import type { CACHE_QUERIES } from '../../../../dashboards/metric-queries/cache';
import { type Answer, divide, having, orZero, plus, times } from '../answer';
import { DAY, type Expectation, HOUR, MINUTES_5 } from '../expectation';
import type { Truth } from '../truth';
import { hitRatioByModel } from './derived';
import type { ExpectationsOf } from './expectations-of';

const ANSWERED = { where: { cache_type: ['exact', 'semantic'] } };
const ASKED = { where: { cache_type: ['all'] } };
const hits = 'cache_hits_total';
const misses = 'cache_misses_total';
const savings = 'cache_savings_usd_total';
const cost = 'gateway_cost_usd_total';

export const hitRatio = (truth: Truth, seconds: number): Answer => {
  const found = orZero(truth.rate(hits, seconds, ANSWERED));
  const ratio = divide(found, plus(found, orZero(truth.rate(misses, seconds, ASKED))));
  return having(ratio, (value) => !Number.isNaN(value));
};

const savedPercent = (saved: Answer, spent: Answer): Answer => times(divide(saved, plus(saved, spent)), 100);

const sinceDeployed =
  (name: string, by: readonly string[] = [], where = {}): Expectation =>
  ({ truth }) =>
    truth.now(name, { by, where });

export const CACHE_EXPECTATIONS: ExpectationsOf<typeof CACHE_QUERIES> = {
  'cache-hits-of-a-day': {
    ours: ({ truth }) => truth.increase(hits, DAY, ANSWERED),
    asked: { FluxAI: sinceDeployed(hits) },
  },
  'cache-hits-by-type': {
    ours: ({ truth }) => truth.increase(hits, DAY, { by: ['cache_type'] }),
    asked: { FluxAI: sinceDeployed(hits, ['cache_type']) },
  },
  'cache-misses-of-a-day': {
    ours: ({ truth }) => truth.increase(misses, DAY, ASKED),
    asked: { FluxAI: sinceDeployed(misses, [], ASKED.where) },
  },
  'cache-hit-ratio': { ours: ({ truth }) => hitRatio(truth, MINUTES_5) },
  'cache-hit-ratio-by-model': { ours: hitRatioByModel, asked: { FluxAI: hitRatioByModel } },
  'cache-savings-of-a-day': {
    ours: ({ truth }) => truth.increase(savings, DAY),
    asked: { FluxAI: sinceDeployed(savings) },
  },
  'cache-savings-per-hour': { ours: ({ truth }) => times(truth.rate(savings, HOUR), 3_600) },
  'cache-savings-percent': {
    ours: ({ truth }) => savedPercent(truth.increase(savings, HOUR), truth.increase(cost, HOUR)),
    asked: { FluxAI: ({ truth }) => savedPercent(truth.now(savings), truth.now(cost)) },
  },
};
