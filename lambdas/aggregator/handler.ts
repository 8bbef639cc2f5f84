import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { awsClientConfig } from '../core/aws-client';
import { createApplyRecords } from '../core/counters/apply-records';
import { createDynamoDbCounterStore } from '../core/counters/dynamodb-counter-store';
import { readEnv } from '../core/read-env';
import { createLog } from '../core/telemetry/log';
import { createPublishOperational } from '../core/telemetry/operational';
import { createAggregate } from './aggregate';
import { aggregatorEnv } from './env';

const env = readEnv(aggregatorEnv, process.env);
const client = new DynamoDBClient(awsClientConfig({ env: process.env, maxAttempts: 3, requestTimeoutMs: 5_000 }));
const log = createLog({ service: env.POWERTOOLS_SERVICE_NAME, name: 'aggregator', level: env.POWERTOOLS_LOG_LEVEL });

/** Counts the records of the ledger's stream. */
export const handler = createAggregate({
  apply: createApplyRecords({
    store: createDynamoDbCounterStore({
      client,
      table: env.COUNTERS_TABLE,
      markerRetentionDays: env.MARKER_RETENTION_DAYS,
      now: Date.now,
    }),
    random: Math.random,
    pause,
  }),
  publish: createPublishOperational({ env, functionName: 'aggregator', log }),
  log,
  now: Date.now,
});
