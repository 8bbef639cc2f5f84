import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { awsClientConfig, withoutUnreadSteps } from '../core/aws-client';
import { composeReadAllSeries } from '../core/counters/compose-read-all-series';
import { createPost } from '../core/prometheus/post';
import { createSendWriteRequest } from '../core/prometheus/send-write-request';
import { readEnv } from '../core/read-env';
import { toFamilies, withAliases } from '../core/telemetry/aliases';
import { createLog } from '../core/telemetry/log';
import { createPublishOperational } from '../core/telemetry/operational';
import { withoutRecordedGauges } from '../core/telemetry/recorded-gauges';
import { configureRedaction } from '../core/telemetry/redaction/redact';
import { createCountWrites } from './count-writes';
import { createWriterState } from './dynamodb-writer-state';
import { remoteWriterEnv } from './env';
import { createReportWrites } from './report-writes';
import { createWriteSlot } from './write-slot';
import { createWriteSlots } from './write-slots';

const env = readEnv(remoteWriterEnv, process.env);
configureRedaction(env.REDACTION);
const aws = awsClientConfig({ env: process.env, maxAttempts: 3, requestTimeoutMs: 10_000 });
const client = withoutUnreadSteps(new DynamoDBClient(aws));
const log = createLog({ service: env.POWERTOOLS_SERVICE_NAME, name: 'remote-writer', level: env.POWERTOOLS_LOG_LEVEL });
const now = Date.now;

const counters = { client, table: env.COUNTERS_TABLE };
const state = createWriterState(counters);
const readAllSeries = composeReadAllSeries({
  client,
  countersTable: env.COUNTERS_TABLE,
  ledgerTable: env.LEDGER_TABLE,
  now,
});
const toExposed = { on: withAliases, off: toFamilies }[env.ALIASES];
const post = createPost({ ...aws, url: env.REMOTE_WRITE_URL, region: env.REMOTE_WRITE_REGION });

/** Invoked every minute: writes the counters to Managed Prometheus. */
export const handler = createWriteSlots({
  state,
  writeSlot: createWriteSlot({
    readFamilies: async () => toExposed(withoutRecordedGauges(await readAllSeries())),
    state,
    send: createSendWriteRequest({ post, now, pause, random: Math.random }),
    intervalSeconds: env.INTERVAL_SECONDS,
  }),
  report: createReportWrites({
    count: createCountWrites(counters),
    publish: createPublishOperational({ env, functionName: 'remote-writer', log }),
    log,
    now,
  }),
  intervalSeconds: env.INTERVAL_SECONDS,
  now,
  pause,
});
