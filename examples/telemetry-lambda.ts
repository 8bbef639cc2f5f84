import { setTimeout as sleep } from 'node:timers/promises';
import { calculateCost } from '../lambdas/core/library/cost-calculator';
import { getMetricsExporter, initMetrics } from '../lambdas/core/library/get-metrics-exporter';
import { createHttpSink } from '../lambdas/core/library/http-sink';
import { getStructuredLogger, setupStructuredLogging } from '../lambdas/core/library/structured-logging';
import {
  endSpanSuccess,
  initTracing,
  traceBedrockCall,
  traceCacheLookup,
  traceCostCalculation,
  withRequestSpan,
} from '../lambdas/core/library/tracing';
import type { Span } from '../lambdas/core/telemetry/ports';
import { readConnection } from './connection';

// Once per process. Within the stack, `createLedgerSink` writes to the ledger without a request.
const { baseURL, apiKey } = readConnection();
initMetrics({ sink: createHttpSink({ url: baseURL.replace(/\/v1$/, ''), apiKey }) });
setupStructuredLogging({ service: 'router', env: process.env, level: 'DEBUG' });
initTracing({ serviceName: 'router', env: process.env });
const metrics = getMetricsExporter('router');
const log = getStructuredLogger('summaries');

type Question = { accountId: string; model: string; prompt: string; maxTokens: number };
type Answer = { text: string; inputTokens: number; outputTokens: number };

const cache = new Map<string, Answer>();

/** Stands in for a provider's client. */
const askModel = async ({ prompt, maxTokens }: Question): Promise<Answer> => {
  await sleep(20);
  if (prompt === '') throw new Error('The prompt is empty.');
  return { text: `About ${prompt}.`, inputTokens: prompt.length, outputTokens: Math.min(maxTokens, 20) };
};

/** Cache, model, cost: each a step of the trace. */
const summarise = async (span: Span, question: Question) => {
  const { accountId, model, maxTokens, prompt } = question;
  const cached = await traceCacheLookup(span, { model, cacheType: 'exact' }, async () => cache.get(prompt));
  const answer = cached ?? (await traceBedrockCall(span, { model, maxTokens }, () => askModel(question)));
  cache.set(prompt, answer);
  const { text, ...tokens } = answer;
  const price = await traceCostCalculation(span, { model, ...tokens }, async () => calculateCost({ model, ...tokens }));
  if (cached) log.logGatewayCacheHit({ accountId, model, cacheType: 'exact', savingsUsd: price });
  return cached
    ? { text, ...tokens, costUsd: 0, savingsUsd: price, cache: 'hit' as const }
    : { text, ...tokens, costUsd: price, cache: 'miss' as const };
};

/** One request, as a Lambda function would serve it: every step is logged, timed and counted, whatever becomes of it. */
const handler = async (question: Question): Promise<string> => {
  const { accountId, model, maxTokens } = question;
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1_000;
  log.logGatewayRequest({ accountId, model, maxTokens });
  try {
    return await withRequestSpan({ operation: 'summarise', model, maxTokens }, async (span) => {
      const { text, ...answer } = await summarise(span, question);
      metrics.recordRequest({ model, status: 'success', durationSeconds: seconds(), strategy: 'cost', ...answer });
      log.logGatewayResponse({ accountId, model, durationMs: seconds() * 1_000, ...answer });
      endSpanSuccess(span, { cost_usd: answer.costUsd });
      return text;
    });
  } catch (error) {
    const failed = { model, errorType: 'provider_error' as const };
    metrics.recordRequest({ ...failed, status: 'error', durationSeconds: seconds() });
    log.logGatewayError({ accountId, ...failed }, error);
    throw error;
  } finally {
    // Lambda freezes the process between requests: what is not sent by now waits for the next one.
    await metrics.flush();
  }
};

const question = { accountId: 'acme', model: 'nova-lite', prompt: 'magnetism', maxTokens: 100 };
console.log(await handler(question));
console.log(await handler(question));
await handler({ ...question, prompt: '' }).catch((error: unknown) => console.log(String(error)));
