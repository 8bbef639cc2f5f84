import type { FieldsOf } from '../telemetry/log-events';
import { createLineLogger, type StructuredLoggerOptions } from './structured-logger';

/** The ids of a request, where they are not bound. */
type Ids = { requestId?: string; userId?: string };

/** A call of the gateway as its caller sees it. `accountId` is the client. */
type GatewayCall = { accountId?: string; model: string; requestId?: string };

/** What services log. Durations are in milliseconds, as on every line. */
export type ServiceLogger = ReturnType<typeof createServiceLogger>;

/** Lines in free words, and one function for each thing that services have in common. */
export const createServiceLogger = (options: StructuredLoggerOptions) => {
  const logger = createLineLogger(options);

  return {
    ...logger,
    /** An HTTP request that was answered: WARNING from 400 on, ERROR from 500 on. */
    logRequest: ({ method, endpoint, status, durationMs, ...ids }: LoggedRequest): void =>
      logger.event(
        status < 400 ? 'request_completed' : 'request_error',
        { method, endpoint, status_code: status, duration_ms: durationMs },
        toIds(ids),
      ),
    logInference: ({ durationMs, batchSize, ...fields }: LoggedInference): void =>
      logger.event('inference_completed', { ...fields, duration_ms: durationMs, batch_size: batchSize }),
    /** ERROR when the status is `error`. */
    logMcpOperation: ({ durationMs, ...fields }: LoggedOperation & { server: string }): void =>
      logger.event('mcp_operation', { ...fields, duration_ms: durationMs }),
    logMemoryOperation: ({ durationMs, ...fields }: LoggedOperation & { store?: string }): void =>
      logger.event('memory_operation', { ...fields, duration_ms: durationMs }),
    /** WARNING when the score is above the threshold. */
    logDrift: ({ model, score, threshold }: { model: string; score: number; threshold: number }): void =>
      logger.event('drift_checked', { model, drift_score: score, threshold }),
    /** DEBUG, as in the gateway: the line that ends the request says it all. */
    logGatewayRequest: ({ model, maxTokens, ...ids }: GatewayCall & { maxTokens?: number }): void =>
      logger.event('request_received', { requested_model: model, max_tokens: maxTokens }, toIds(ids)),
    logGatewayResponse: ({ accountId, requestId, durationMs, ...answer }: LoggedAnswer): void =>
      logger.event('request_completed', toAnswerFields(answer, durationMs), toIds({ accountId, requestId })),
    logGatewayError: ({ model, errorType, ...ids }: GatewayCall & { errorType?: string }, error: unknown): void =>
      logger.event('request_error', { model, status: 'error', error_type: errorType }, toIds(ids), error),
    logGatewayCacheHit: ({ model, cacheType, similarity, savingsUsd, ...ids }: LoggedHit): void =>
      logger.event('cache_hit', { model, cache_type: cacheType, similarity, saved_usd: savingsUsd }, toIds(ids)),
  };
};

type LoggedRequest = { method: string; endpoint: string; status: number; durationMs: number } & Ids;
type LoggedInference = Pick<FieldsOf<'inference_completed'>, 'model' | 'status'> & {
  durationMs: number;
  batchSize?: number;
};
type LoggedOperation = { operation: string; durationMs: number; status: string };
type LoggedHit = GatewayCall & { cacheType: string; similarity?: number; savingsUsd?: number };
type Answered = { model: string; inputTokens: number; outputTokens: number; costUsd?: number; cacheHit?: boolean } & {
  cacheType?: string;
  savingsUsd?: number;
};
type LoggedAnswer = Answered & Omit<GatewayCall, 'model'> & { durationMs: number };

const toIds = ({ requestId, userId, accountId }: Ids & { accountId?: string | undefined }) => ({
  request_id: requestId,
  user_id: userId,
  account_id: accountId,
});

const toAnswerFields = (answer: Answered, durationMs: number): FieldsOf<'request_completed'> => ({
  model: answer.model,
  status: 'success',
  input_tokens: answer.inputTokens,
  output_tokens: answer.outputTokens,
  total_tokens: answer.inputTokens + answer.outputTokens,
  cost_usd: answer.costUsd,
  cache_hit: answer.cacheHit,
  cache_type: answer.cacheType,
  saved_usd: answer.savingsUsd,
  duration_ms: durationMs,
});
