import type { PLATFORM_QUERIES } from '../../../../dashboards/metric-queries/platform';
import { line, times } from '../answer';
import { type Expectation, MINUTES_5 } from '../expectation';
import type { ExpectationsOf } from './expectations-of';

const used: Expectation = () => [...line(950, { instance: 'cache-1' }), ...line(950, { instance: 'cache-2' })];

/** What `REPORTED` comes to. */
export const PLATFORM_EXPECTATIONS: ExpectationsOf<typeof PLATFORM_QUERIES> = {
  'container-memory-percent': { ours: () => line(80, { name: 'api' }) },
  'container-cpu-percent': {
    ours: ({ truth }) => times(truth.rate('container_cpu_usage_seconds_total', MINUTES_5, { by: ['name'] }), 100),
  },
  'database-connections': {
    ours: () => line(85, { instance: 'db-1' }),
    asked: {
      'Proxy Agent Platform': () => [
        ...line(30, { datname: 'orders', instance: 'db-1' }),
        ...line(55, { datname: 'users', instance: 'db-1' }),
      ],
    },
  },
  'database-pool-exhausted': { ours: () => line(0.85, { instance: 'db-1' }) },
  'redis-memory': { ours: used, asked: { 'Proxy Agent Platform': used } },
  'redis-memory-high': { ours: () => line(0.95, { instance: 'cache-1' }) },
  'task-queue-length': {
    ours: () => line(12, { queue: 'mail' }),
    asked: { 'Proxy Agent Platform': () => line(12, { queue: 'mail' }) },
  },
  'memory-budget-exceeded': { ours: () => line(1, { stat: 'max' }) },
  'services-down': { ours: () => line(0, { service: 'memory' }) },
};
