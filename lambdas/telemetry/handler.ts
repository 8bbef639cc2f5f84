import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsClientConfig } from '../core/aws-client';
import { newId } from '../core/http/new-id';
import { createAuthenticate } from '../core/keys/authenticate';
import { createKeysTable } from '../core/keys/keys-table';
import { createPeppers } from '../core/keys/peppers';
import { createPlatformRecords } from '../core/ledger/platform-records';
import { createGuardBatch } from '../core/platform/guard-batch';
import { readEnv } from '../core/read-env';
import { createLog } from '../core/telemetry/log';
import { configureRedaction } from '../core/telemetry/redaction/redact';
import { createAcceptReport } from './accept-report';
import { createAnswerTelemetry } from './answer-telemetry';
import { telemetryEnv } from './env';

const env = readEnv(telemetryEnv, process.env);
configureRedaction(env.REDACTION);
const aws = awsClientConfig({ env: process.env, maxAttempts: 3, requestTimeoutMs: 5_000 });
const client = new DynamoDBClient(aws);
const now = Date.now;

/** Answers POST /v1/telemetry. */
export const handler = createAnswerTelemetry({
  authenticate: createAuthenticate({
    keys: createKeysTable({ client, tableName: env.KEYS_TABLE }),
    peppers: createPeppers({ client: new SecretsManagerClient(aws), secretId: env.PEPPER_SECRET_ARN, now }),
    cacheSeconds: env.KEY_CACHE_SECONDS,
    now,
  }),
  accept: createAcceptReport({
    guard: createGuardBatch(env.TELEMETRY_NAMES),
    records: createPlatformRecords({ client, table: env.LEDGER_TABLE, retentionDays: env.LEDGER_RETENTION_DAYS }),
    newId,
    now,
  }),
  log: createLog({ service: env.POWERTOOLS_SERVICE_NAME, name: 'telemetry', level: env.POWERTOOLS_LOG_LEVEL }),
  newId,
  now,
});
