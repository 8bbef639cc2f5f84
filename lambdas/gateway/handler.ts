import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { awsClientConfig, withoutUnreadSteps } from '../core/aws-client';
import { createConnectionPool } from '../core/connection-pool';
import { newId } from '../core/http/new-id';
import { createAuthenticate } from '../core/keys/authenticate';
import { createKeysTable } from '../core/keys/keys-table';
import { createPeppers } from '../core/keys/peppers';
import { createBedrockProvider } from '../core/providers/bedrock/bedrock';
import { createBedrockClient, createConverseClient } from '../core/providers/bedrock/converse-client';
import { readEnv } from '../core/read-env';
import { watchStore } from '../core/store-watch';
import { createTelemetry } from '../core/telemetry/create-telemetry';
import { createReadEnvironment } from '../core/telemetry/environment-facts';
import { configureRedaction } from '../core/telemetry/redaction/redact';
import { composeGateway } from './compose';
import { gatewayEnv } from './env';
import { createLambdaResponse } from './http/lambda-response';
import { createReadRequest } from './http/read-request';

const env = readEnv(gatewayEnv, process.env);
configureRedaction(env.REDACTION);
const pools = { store: createConnectionPool(), bedrock: createConnectionPool() };
const aws = awsClientConfig({ env: process.env, maxAttempts: 3, requestTimeoutMs: 2_000, pool: pools.store });
const bedrock = createBedrockClient({
  env: process.env,
  region: env.BEDROCK_REGION,
  headTimeoutMs: env.PROVIDER_TIMEOUT_SECONDS * 1000,
  pool: pools.bedrock,
});
const { takeFlushMs, ...telemetry } = createTelemetry({ env, name: 'gateway', processEnv: process.env });
const dynamo = watchStore(withoutUnreadSteps(new DynamoDBClient(aws)), telemetry.log);
const readRequest = createReadRequest({ now: Date.now, newId });

const answer = composeGateway({
  env,
  dynamo,
  authenticate: createAuthenticate({
    keys: createKeysTable({ client: dynamo, tableName: env.KEYS_TABLE }),
    peppers: createPeppers({ client: new SecretsManagerClient(aws), secretId: env.PEPPER_SECRET_ARN, now: Date.now }),
    cacheSeconds: env.KEY_CACHE_SECONDS,
    now: Date.now,
  }),
  provider: createBedrockProvider(createConverseClient(bedrock)),
  ...telemetry,
  readEnvironment: createReadEnvironment({ pools, takeFlushMs }),
  now: Date.now,
  random: Math.random,
});

/** Answers every route of the gateway as a streamed response. */
export const handler = awslambda.streamifyResponse<APIGatewayProxyEvent>((event, responseStream, context) =>
  answer(
    readRequest(event, context),
    createLambdaResponse((head) => awslambda.HttpResponseStream.from(responseStream, head)),
  ),
);
