import type { MetricQueryTable } from '../metric-query';

/** Containers, databases and queues around the gateway. They answer once a service reports these. */
export const PLATFORM_QUERIES = {
  'container-memory-percent': {
    title: 'Container memory in percent of its limit',
    answers: 'Memory that each container uses, in percent of its limit; nothing for one without a limit.',
    expression:
      'sum by (name) (container_memory_usage_bytes) / (sum by (name) (container_spec_memory_limit_bytes) > 0) * 100',
    asked: [
      {
        system: 'Proxy Agent Platform',
        expression: 'container_memory_usage_bytes / container_spec_memory_limit_bytes * 100',
        fault: 'A container without a limit has a limit of 0: it is always infinitely full.',
      },
    ],
    note: 'The page cache is part of it, and can be freed.',
  },
  'container-cpu-percent': {
    title: 'Container CPU in percent',
    answers: 'CPU time that each container used over the last 5 minutes, in percent of one core.',
    expression: 'sum by (name) (rate(container_cpu_usage_seconds_total[5m])) * 100',
    asked: [
      {
        system: 'Proxy Agent Platform',
        expression: 'rate(container_cpu_usage_seconds_total[5m]) * 100',
        fault: 'One line for every core of a container.',
      },
    ],
  },
  'database-connections': {
    title: 'Database connections',
    answers: 'Connections to each PostgreSQL server.',
    expression: 'sum by (instance) (pg_stat_database_numbackends)',
    asked: [
      {
        system: 'Proxy Agent Platform',
        expression: 'pg_stat_database_numbackends',
        note: 'One line for every database.',
      },
    ],
  },
  'database-pool-exhausted': {
    title: 'Database connections running out',
    answers: 'Connections to each PostgreSQL server over the most that it takes, when that is more than 0.8.',
    expression:
      'sum by (instance) (pg_stat_database_numbackends) / max by (instance) (pg_settings_max_connections) > 0.8',
    asked: [
      {
        system: 'Proxy Agent Platform',
        expression: 'pg_stat_database_numbackends / pg_settings_max_connections > 0.8',
        fault: 'The two sides have different labels, so nothing matches.',
      },
      {
        system: 'AI Platform',
        expression: 'sum(pg_stat_database_numbackends) > 90',
        fault: 'That is a share of 0.9 only for a server that takes 100.',
      },
    ],
  },
  'redis-memory': {
    title: 'Redis memory',
    answers: 'Memory that each Redis server uses, in bytes.',
    expression: 'redis_memory_used_bytes',
    asked: [{ system: 'Proxy Agent Platform', expression: 'redis_memory_used_bytes' }],
  },
  'redis-memory-high': {
    title: 'Redis memory running out',
    answers: 'Memory that each Redis server uses over the most that it may, when that is more than 0.9.',
    expression: 'redis_memory_used_bytes / (redis_memory_max_bytes > 0) > 0.9',
    asked: [
      {
        system: 'AI Platform',
        expression: 'redis_memory_used_bytes / redis_memory_max_bytes > 0.9',
        fault: 'A server without a limit has a limit of 0: it is always infinitely full.',
      },
    ],
  },
  'task-queue-length': {
    title: 'Task queue length',
    answers: 'Background tasks that wait in each queue.',
    expression: 'celery_queue_length',
    asked: [{ system: 'Proxy Agent Platform', expression: 'celery_queue_length' }],
  },
  'memory-budget-exceeded': {
    title: 'Memory budget exceeded',
    answers: 'The fullest session over its memory budget, when that is 1 or more.',
    expression: 'memory_budget_utilization{stat="max"} >= 1',
    asked: [
      {
        system: 'AI Platform',
        expression: 'memory_budget_utilization > 100',
        fault: 'It is a share from 0 to 1, not a percentage.',
      },
    ],
  },
  'services-down': {
    title: 'Services that are down',
    answers: 'Services whose last probe failed.',
    expression: 'probe_success == 0',
    asked: [
      {
        system: 'AI Platform',
        expression: 'up == 0',
        fault: 'It tells about targets that are scraped; a function is none, and a target that is gone has no series.',
      },
    ],
  },
} as const satisfies MetricQueryTable;
