import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { awsClientConfig } from '../core/aws-client';
import { createApplyRecords } from '../core/counters/apply-records';
import { createDynamoDbCounterStore } from '../core/counters/dynamodb-counter-store';
import { createNotePresent } from '../core/counters/note-present';
import { createReadings } from '../core/counters/readings';
import { createSessions } from '../core/counters/sessions';
import { readEnv } from '../core/read-env';
import { watchStore } from '../core/store-watch';
import { createLog } from '../core/telemetry/log';
import { createPublishOperational } from '../core/telemetry/operational';
import { configureRedaction } from '../core/telemetry/redaction/redact';
import { createAggregate } from './aggregate';
import { aggregatorEnv } from './env';

const env = readEnv(aggregatorEnv, process.env);
configureRedaction(env.REDACTION);
const client = new DynamoDBClient(awsClientConfig({ env: process.env, maxAttempts: 3, requestTimeoutMs: 5_000 }));
const counters = { client, table: env.COUNTERS_TABLE, now: Date.now };
const log = createLog({ service: env.POWERTOOLS_SERVICE_NAME, name: 'aggregator', level: env.POWERTOOLS_LOG_LEVEL });
watchStore(client, log);

/** Counts the records of the ledger's stream. */
export const handler = createAggregate({
  apply: createApplyRecords({
    store: createDynamoDbCounterStore({ ...counters, markerRetentionDays: env.MARKER_RETENTION_DAYS }),
    random: Math.random,
    pause,
  }),
  notePresent: createNotePresent({
    noteReadings: createReadings(counters).note,
    noteSessions: createSessions(counters).note,
  }),
  publish: createPublishOperational({ env, functionName: 'aggregator', log }),
  log,
  now: Date.now,
});
