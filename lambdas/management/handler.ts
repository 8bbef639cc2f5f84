import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { awsClientConfig } from '../core/aws-client';
import { createKeyRegister } from '../core/keys/key-register';
import { createKeysTable } from '../core/keys/keys-table';
import { createPeppers } from '../core/keys/peppers';
import { MODELS } from '../core/models/catalogue';
import { readEnv } from '../core/read-env';
import { createLog } from '../core/telemetry/log';
import { configureRedaction } from '../core/telemetry/redaction/redact';
import { managementEnv } from './env';
import { createManage } from './manage';

const env = readEnv(managementEnv, process.env);
configureRedaction(env.REDACTION);
const aws = awsClientConfig({ env: process.env, maxAttempts: 3, requestTimeoutMs: 5_000 });
const table = { client: new DynamoDBClient(aws), tableName: env.KEYS_TABLE };

/** Invoked by operators through the Lambda API; IAM decides who may. */
export const handler = createManage({
  register: createKeyRegister(table),
  keys: createKeysTable(table),
  peppers: createPeppers({ client: new SecretsManagerClient(aws), secretId: env.PEPPER_SECRET_ARN, now: Date.now }),
  modelIds: MODELS.map(({ id }) => id),
  now: () => new Date(),
  log: createLog({ service: env.POWERTOOLS_SERVICE_NAME, name: 'management', level: env.POWERTOOLS_LOG_LEVEL }),
});
