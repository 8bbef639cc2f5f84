import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { awsClientConfig } from '../core/aws-client';
import { createInFlightItems } from '../core/ledger/in-flight';
import { createLimits } from '../core/ledger/limits';
import { createRecords } from '../core/ledger/records';
import { readEnv } from '../core/read-env';
import { watchStore } from '../core/store-watch';
import { createReporting } from '../core/telemetry/create-reporting';
import { configureRedaction } from '../core/telemetry/redaction/redact';
import { createAnnounceAbandoned } from './announce-abandoned';
import { sweeperEnv } from './env';
import { createFinishDead } from './finish-dead';
import { createSweep } from './sweep';

const env = readEnv(sweeperEnv, process.env);
configureRedaction(env.REDACTION);
const client = new DynamoDBClient(awsClientConfig({ env: process.env, maxAttempts: 3, requestTimeoutMs: 5_000 }));
const inFlight = createInFlightItems({ client, table: env.LEDGER_TABLE });
const { log, report } = createReporting({ env, name: 'sweeper', processEnv: process.env });
watchStore(client, log);

/** Invoked every minute: finishes the requests whose process died. */
export const handler = createSweep({
  inFlight,
  finishDead: createFinishDead({
    inFlight,
    limits: createLimits({ client, table: env.LIMITS_TABLE, now: Date.now }),
    records: createRecords({ client, table: env.LEDGER_TABLE, retentionDays: env.LEDGER_RETENTION_DAYS }),
    announce: createAnnounceAbandoned({ report }),
  }),
  now: Date.now,
});
