import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsClientConfig } from '../core/aws-client';
import { createCountActive } from '../core/counters/active-requests';
import { createReadCounters } from '../core/counters/read-counters';
import { newId } from '../core/http/new-id';
import { createAuthenticate } from '../core/keys/authenticate';
import { createKeysTable } from '../core/keys/keys-table';
import { createPeppers } from '../core/keys/peppers';
import { readEnv } from '../core/read-env';
import { createLog } from '../core/telemetry/log';
import { createAnswerMetrics } from './answer-metrics';
import { expositionEnv } from './env';

const env = readEnv(expositionEnv, process.env);
const aws = awsClientConfig({ env: process.env, maxAttempts: 3, requestTimeoutMs: 5_000 });
const client = new DynamoDBClient(aws);

/** Answers GET /metrics. */
export const handler = createAnswerMetrics({
  authenticate: createAuthenticate({
    keys: createKeysTable({ client, tableName: env.KEYS_TABLE }),
    peppers: createPeppers({ client: new SecretsManagerClient(aws), secretId: env.PEPPER_SECRET_ARN, now: Date.now }),
    cacheSeconds: env.KEY_CACHE_SECONDS,
    now: Date.now,
  }),
  readCounters: createReadCounters({ client, table: env.COUNTERS_TABLE }),
  countActive: createCountActive({ client, ledgerTable: env.LEDGER_TABLE, now: Date.now }),
  log: createLog({ service: env.POWERTOOLS_SERVICE_NAME, name: 'exposition', level: env.POWERTOOLS_LOG_LEVEL }),
  newId,
});
