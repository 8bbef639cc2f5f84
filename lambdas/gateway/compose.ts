import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type * as v from 'valibot';
import type { Call } from '../core/chat/call';
import type { Authenticate } from '../core/keys/authenticate';
import { createInFlightItems } from '../core/ledger/in-flight';
import { createLimits } from '../core/ledger/limits';
import { createRecords } from '../core/ledger/records';
import { catalogueVersion } from '../core/models/catalogue';
import { inputTokenBound } from '../core/models/input-bound';
import { findListedModel, listModels } from '../core/models/list-models';
import type { Target } from '../core/models/model';
import { costNanoUsd, dearestInputRate } from '../core/models/price';
import { resolveTargets } from '../core/models/resolve-targets';
import type { Provider } from '../core/providers/provider';
import type { EnvironmentFacts } from '../core/telemetry/environment-facts';
import type { Log, ReportRequest, StartTrace } from '../core/telemetry/ports';
import { createAdmit } from './admit';
import { boundOf } from './amount';
import { createAnnounce } from './announce';
import { createAnswerRequest } from './answer-request';
import { createAttemptEvents } from './attempt-events';
import { createBegin } from './begin';
import { createExactCache } from './cache/exact';
import { cacheKey } from './cache/key';
import { createDispatch } from './dispatch';
import type { gatewayEnv } from './env';
import { createHold } from './hold';
import { respondError } from './http/respond-json';
import { toLogContext } from './log-context';
import { openAiDialect } from './openai/dialect';
import { createPriceAnswer } from './price-answer';
import { createRefusalMemory } from './refusal-memory';
import { createRefusalRoll } from './refusal-roll';
import { createRoute } from './route';
import { createServe } from './serve';
import { createSettle } from './settle';

export type GatewayDeps = {
  env: v.InferOutput<typeof gatewayEnv>;
  dynamo: DynamoDBClient;
  authenticate: Authenticate;
  provider: Provider;
  report: ReportRequest;
  log: Log;
  startTrace: StartTrace;
  /** What the execution environment knows of itself. */
  readEnvironment: () => EnvironmentFacts;
  now: () => number;
  random: () => number;
};

const bound = (call: Call, target: Target) => boundOf(target, inputTokenBound(call), dearestInputRate(target.price));

/** Puts the request path together from its stages and what they need of the world outside. */
export const composeGateway = (deps: GatewayDeps) => {
  const { env, dynamo: client, authenticate, report, log, now, random } = deps;
  const place = { region: env.BEDROCK_REGION, profile: env.BEDROCK_PROFILE };
  const limits = createLimits({ client, table: env.LIMITS_TABLE, now });
  const inFlight = createInFlightItems({ client, table: env.LEDGER_TABLE });
  const records = createRecords({ client, table: env.LEDGER_TABLE, retentionDays: env.LEDGER_RETENTION_DAYS });
  const cache = createExactCache({ client, table: env.CACHE_TABLE, ttlSeconds: env.CACHE_TTL_SECONDS, now });
  const keyOf = (accountId: string, call: Call, target: Target) =>
    cacheKey({ accountId, call, target, catalogueVersion: catalogueVersion() });
  const memory = createRefusalMemory({ now });
  const admit = createAdmit({ limits, memory, minOutputTokens: env.MIN_OUTPUT_TOKENS, now });

  const serveChat = createServe({
    dialect: openAiDialect,
    authenticate,
    route: createRoute({ resolve: (name) => resolveTargets(name, place, now()) }),
    begin: createBegin({
      cache,
      cacheKey: keyOf,
      inFlight,
      admit,
      memory,
      bound,
      now,
      onHit: (receipt) =>
        log.event('cache_hit', toLogContext(receipt), {
          model: receipt.answered?.model,
          cache_type: 'exact',
          similarity: 1,
          saved_usd: receipt.savedNanoUsd / 1e9,
        }),
      onCacheFailure: (receipt, error) => log.event('store_failure', toLogContext(receipt), { step: 'cache' }, error),
    }),
    dispatch: createDispatch({
      providers: { bedrock: deps.provider },
      hold: createHold({ admit, limits, inFlight, bound }),
      price: createPriceAnswer({ costOf: costNanoUsd }),
      ...createAttemptEvents(log),
      providerTimeoutMs: env.PROVIDER_TIMEOUT_SECONDS * 1000,
      now,
      random,
    }),
    settle: createSettle({
      records,
      limits,
      inFlight,
      cache,
      cacheKey: keyOf,
      roll: createRefusalRoll(),
      announce: createAnnounce({ log, report }),
      log,
      now,
    }),
    refuse: (response, error, { request: { ids } }) =>
      respondError(response, error, { ids, body: openAiDialect.errorBody(error, ids) }),
    startTrace: deps.startTrace,
    readEnvironment: deps.readEnvironment,
    log,
    defaultMaxOutputTokens: env.DEFAULT_MAX_OUTPUT_TOKENS,
    now,
  });

  return createAnswerRequest({
    serveChat,
    authenticate,
    models: { list: () => listModels(place, now()), find: (name) => findListedModel(name, place, now()) },
    records,
    log,
  });
};
