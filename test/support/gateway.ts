import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Call } from '../../lambdas/core/chat/call';
import type { ChatEvent } from '../../lambdas/core/chat/events';
import type { Caller } from '../../lambdas/core/keys/account';
import { createInFlightItems, readInFlight } from '../../lambdas/core/ledger/in-flight';
import { createLimits } from '../../lambdas/core/ledger/limits';
import type { RequestRecord } from '../../lambdas/core/ledger/record';
import { createRecords } from '../../lambdas/core/ledger/records';
import type { Target } from '../../lambdas/core/models/model';
import type { AttemptOptions, Provider } from '../../lambdas/core/providers/provider';
import type { Log, ReportRequest, StartTrace } from '../../lambdas/core/telemetry/ports';
import { NO_SPAN } from '../../lambdas/core/telemetry/step';
import { composeGateway } from '../../lambdas/gateway/compose';
import { createLambdaResponse } from '../../lambdas/gateway/http/lambda-response';
import { createFinishDead } from '../../lambdas/sweeper/finish-dead';
import { createTable } from './tables';

export type GatewayTables = { limits: string; ledger: string; cache: string };

export const createGatewayTables = async (client: DynamoDBClient): Promise<GatewayTables> => {
  const [limits, ledger, cache] = await Promise.all([
    createTable(client, ['pk']),
    createTable(client, ['pk', 'sk']),
    createTable(client, ['pk']),
  ]);
  return { limits, ledger, cache };
};

/** What a provider does when it is asked: events and errors, in order. */
export type Script = (asked: {
  target: Target;
  call: Call;
  options: AttemptOptions;
  attempt: number;
}) => AsyncIterable<ChatEvent | Error> | Iterable<ChatEvent | Error>;

const scripted = (script: Script): Provider & { asked: { target: Target; maxOutputTokens: number }[] } => {
  const asked: { target: Target; maxOutputTokens: number }[] = [];
  return {
    asked,
    async *stream(target, call, options) {
      asked.push({ target, maxOutputTokens: options.maxOutputTokens });
      for await (const event of script({ target, call, options, attempt: asked.length })) {
        if (event instanceof Error) throw event;
        yield event;
      }
    },
  };
};

const untraced: StartTrace = () => ({ traceId: '0'.repeat(31).concat('1'), root: NO_SPAN, send: async () => {} });

const DEFAULTS = {
  STAGE: 'test',
  POWERTOOLS_SERVICE_NAME: 'fluxgate',
  POWERTOOLS_METRICS_NAMESPACE: 'Fluxgate',
  POWERTOOLS_LOG_LEVEL: 'INFO',
  LOG_REQUESTS: 'true',
  REDACTION: { ipAddresses: false, partial: false, text: '[REDACTED_{KIND}]', patterns: [], personalData: true },
  SERVICE_VERSION: 'test',
  TRACING: 'off',
  TRACE_SLOW_SECONDS: 30,
  KEYS_TABLE: 'unused',
  PEPPER_SECRET_ARN: 'unused',
  DEFAULT_MAX_OUTPUT_TOKENS: 100,
  MIN_OUTPUT_TOKENS: 8,
  KEY_CACHE_SECONDS: 60,
  CACHE_TTL_SECONDS: 3600,
  LEDGER_RETENTION_DAYS: 400,
  PROVIDER_TIMEOUT_SECONDS: 60,
  BEDROCK_REGION: 'us-east-1',
  BEDROCK_PROFILE: 'us',
} as const;

export type Answered = { status: number; headers: Record<string, string>; body: string };

/** The request path in this process: real stages and a real store, a scripted provider, a clock of its own. */
export const createTestGateway = (options: {
  client: DynamoDBClient;
  tables: GatewayTables;
  script: Script;
  now?: () => number;
  startTrace?: StartTrace;
  /** Gets the records too, beside `emitted`. */
  report?: ReportRequest;
}) => {
  const now = options.now ?? Date.now;
  const provider = scripted(options.script);
  const emitted: RequestRecord[] = [];
  const events: { name: string; fields: Record<string, unknown> | undefined; error: unknown }[] = [];
  const log: Log = { event: (name, _, fields, error) => void events.push({ name, fields, error }) };
  let caller: Caller | undefined;
  const answer = composeGateway({
    env: {
      ...DEFAULTS,
      LIMITS_TABLE: options.tables.limits,
      LEDGER_TABLE: options.tables.ledger,
      CACHE_TABLE: options.tables.cache,
    },
    dynamo: options.client,
    authenticate: async () => {
      if (caller === undefined) throw new Error('The test gateway was not told who calls.');
      return caller;
    },
    provider,
    report: async (record, context, failure) => {
      emitted.push(record);
      await options.report?.(record, context, failure);
    },
    log,
    startTrace: options.startTrace ?? untraced,
    readEnvironment: () => ({}),
    now,
    random: () => 0,
  });

  const send = async (
    by: Caller,
    body: unknown,
    headers: Record<string, string> = {},
    path = '/v1/chat/completions',
  ): Promise<Answered> => {
    caller = by;
    const requestId = randomBytes(12).toString('base64url');
    const stream = new PassThrough({ highWaterMark: 1 << 24 });
    let head = { statusCode: 0, headers: {} as Record<string, string> };
    const response = createLambdaResponse((committed) => {
      head = committed;
      return stream;
    });
    const start = now();
    await answer(
      {
        method: path.startsWith('/v1/chat') ? 'POST' : 'GET',
        path,
        headers,
        body: Buffer.from(JSON.stringify(body ?? null)),
        ids: { requestId, clientRequestId: requestId, correlationId: requestId, sessionId: undefined },
        receivedAt: start,
        remainingMs: () => 900_000 - (now() - start),
        coldStart: false,
      },
      response,
    );
    return { status: head.statusCode, headers: head.headers, body: await text(stream) };
  };

  return { send, asked: provider.asked, emitted, events };
};

/** The sweeper over the same tables. Returns how many requests it finished. */
export const sweep = async (
  client: DynamoDBClient,
  tables: GatewayTables,
  now: number,
  announce: (record: RequestRecord) => Promise<void> = async () => {},
): Promise<number> => {
  const inFlight = createInFlightItems({ client, table: tables.ledger });
  const finishDead = createFinishDead({
    records: createRecords({ client, table: tables.ledger, retentionDays: 400 }),
    limits: createLimits({ client, table: tables.limits, now: () => now }),
    inFlight,
    announce,
  });
  let finished = 0;
  for await (const item of inFlight.expired(now)) {
    await finishDead(readInFlight(item));
    finished++;
  }
  return finished;
};

export const aBody = (of: Record<string, unknown> = {}) => ({
  model: 'claude-haiku-4-5',
  messages: [{ role: 'user', content: 'Say hello.' }],
  max_tokens: 50,
  ...of,
});
