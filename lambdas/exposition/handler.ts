import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { awsClientConfig, withoutUnreadSteps } from '../core/aws-client';
import { composeReadAllSeries } from '../core/counters/compose-read-all-series';
import { createReadTotals } from '../core/counters/read-totals';
import { newId } from '../core/http/new-id';
import { createAuthenticate } from '../core/keys/authenticate';
import { createKeysTable } from '../core/keys/keys-table';
import { createPeppers } from '../core/keys/peppers';
import { createReadScopeState } from '../core/ledger/read-scope-state';
import { readEnv } from '../core/read-env';
import { createLog } from '../core/telemetry/log';
import { configureRedaction } from '../core/telemetry/redaction/redact';
import { composeExposition } from './compose';
import { expositionEnv } from './env';
import { sendAnswer } from './http/send-answer';

const env = readEnv(expositionEnv, process.env);
configureRedaction(env.REDACTION);
const aws = awsClientConfig({ env: process.env, maxAttempts: 3, requestTimeoutMs: 5_000 });
const client = withoutUnreadSteps(new DynamoDBClient(aws));
const keys = createKeysTable({ client, tableName: env.KEYS_TABLE });
const { COUNTERS_TABLE: countersTable, LEDGER_TABLE: ledgerTable } = env;

const answer = composeExposition({
  authenticate: createAuthenticate({
    keys,
    peppers: createPeppers({ client: new SecretsManagerClient(aws), secretId: env.PEPPER_SECRET_ARN, now: Date.now }),
    cacheSeconds: env.KEY_CACHE_SECONDS,
    now: Date.now,
  }),
  readAllSeries: composeReadAllSeries({ client, countersTable, ledgerTable, now: Date.now }),
  readTotals: createReadTotals({ client, table: countersTable }),
  readScopeState: createReadScopeState({ client, table: env.LIMITS_TABLE, now: Date.now }),
  findAccount: keys.findAccount,
  cacheSeconds: env.METRICS_CACHE_SECONDS,
  log: createLog({ service: env.POWERTOOLS_SERVICE_NAME, name: 'exposition', level: env.POWERTOOLS_LOG_LEVEL }),
  newId,
  now: Date.now,
});

/** Answers GET /metrics and GET /metrics/stats, as streams: an answer may be larger than a buffered one. */
export const handler = awslambda.streamifyResponse<APIGatewayProxyEvent>(async (event, responseStream) =>
  sendAnswer(await answer(event), (head) => awslambda.HttpResponseStream.from(responseStream, head)),
);
