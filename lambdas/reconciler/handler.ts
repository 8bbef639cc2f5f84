import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { awsClientConfig } from '../core/aws-client';
import { createApplyRecords } from '../core/counters/apply-records';
import { createDynamoDbCounterStore } from '../core/counters/dynamodb-counter-store';
import { readEnv } from '../core/read-env';
import { createLog } from '../core/telemetry/log';
import { createPublishOperational } from '../core/telemetry/operational';
import { configureRedaction } from '../core/telemetry/redaction/redact';
import { reconcilerEnv } from './env';
import { createFailureBucket } from './failure-bucket';
import { createReconcile } from './reconcile';

const env = readEnv(reconcilerEnv, process.env);
configureRedaction(env.REDACTION);
const aws = awsClientConfig({ env: process.env, maxAttempts: 3, requestTimeoutMs: 10_000 });
const log = createLog({ service: env.POWERTOOLS_SERVICE_NAME, name: 'reconciler', level: env.POWERTOOLS_LOG_LEVEL });

/** Invoked on a schedule: counts what the ledger's stream mapping gave up on. */
export const handler = createReconcile({
  bucket: createFailureBucket({ client: new S3Client(aws), bucket: env.FAILURES_BUCKET }),
  apply: createApplyRecords({
    store: createDynamoDbCounterStore({
      client: new DynamoDBClient(aws),
      table: env.COUNTERS_TABLE,
      markerRetentionDays: env.MARKER_RETENTION_DAYS,
      now: Date.now,
    }),
    random: Math.random,
    pause,
  }),
  publish: createPublishOperational({ env, functionName: 'reconciler', log }),
  log,
});
