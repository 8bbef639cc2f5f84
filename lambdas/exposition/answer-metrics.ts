import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { CountActive } from '../core/counters/active-requests';
import type { Counters } from '../core/counters/counter-store';
import { withKnownSeries } from '../core/counters/known-series';
import { type Series, type SeriesByMetric, toSeries } from '../core/counters/series';
import { GatewayError, REFUSALS } from '../core/errors';
import { readHeaders } from '../core/http/read-headers';
import { type RequestIds, readRequestIds, toIdHeaders } from '../core/http/request-ids';
import type { Authenticate } from '../core/keys/authenticate';
import { LABEL_VALUES } from '../core/telemetry/label-values';
import type { GaugeName } from '../core/telemetry/metrics';
import type { Log } from '../core/telemetry/ports';
import { createNeverFalling } from './never-falling';
import { CONTENT_TYPE, render } from './render';

export type AnswerMetricsDeps = {
  authenticate: Authenticate;
  readCounters: () => Promise<Counters>;
  countActive: CountActive;
  log: Log;
  newId: () => string;
};

type Event = Pick<APIGatewayProxyEvent, 'headers' | 'multiValueHeaders'>;

/** Answers GET /metrics with every series, to keys that have the scope for it. Never rejects. */
export const createAnswerMetrics = (deps: AnswerMetricsDeps) => {
  const neverFalling = createNeverFalling();

  const authorise = async (authorization: string | undefined): Promise<void> => {
    const { key } = await deps.authenticate(authorization);
    if (key.scopes.includes('metrics')) return;
    throw new GatewayError('missing_scope', 'This key may not read metrics. Create one with the scope "metrics".');
  };

  const expose = async (): Promise<string> => {
    const [counters, active] = await Promise.all([deps.readCounters(), deps.countActive()]).catch((cause: unknown) => {
      throw new GatewayError('store_unavailable', 'The counters cannot be read at the moment. Try again shortly.', {
        retryAfterSeconds: 1,
        cause,
      });
    });
    return render(new Map([...neverFalling(withKnownSeries(toSeries(counters))), ...activeRequests(active)]));
  };

  return async (event: Event, _invocation?: Context): Promise<APIGatewayProxyResult> => {
    const headers = readHeaders(event);
    const ids = readRequestIds(headers, deps.newId);
    try {
      await authorise(headers.authorization);
      const body = await expose();
      return { statusCode: 200, headers: { ...toIdHeaders(ids), 'content-type': CONTENT_TYPE }, body };
    } catch (error) {
      return refuse(toGatewayError(error), ids, deps.log);
    }
  };
};

const activeRequests = (active: ReadonlyMap<string, number>): SeriesByMetric => {
  const name: GaugeName = 'gateway_active_requests';
  const idle = LABEL_VALUES.provider
    .filter((provider) => provider !== 'none')
    .map((provider) => [provider, 0] as const);
  const series = [...new Map([...idle, ...active])].map(
    ([provider, count]): Series => ({ kind: 'value', labels: { provider }, value: BigInt(count) }),
  );
  return new Map([[name, series]]);
};

const toGatewayError = (error: unknown): GatewayError =>
  error instanceof GatewayError
    ? error
    : new GatewayError('internal_error', 'The metrics could not be made. Quote the request id when you report this.', {
        cause: error,
      });

const refuse = (error: GatewayError, ids: RequestIds, log: Log): APIGatewayProxyResult => {
  const { status, type } = REFUSALS[error.code];
  log.event('request_error', { ...ids, traceId: undefined }, { endpoint: '/metrics', status_code: status }, error);
  const { message, code, param = null, retryAfterSeconds } = error;
  return {
    statusCode: status,
    headers: {
      ...toIdHeaders(ids),
      'content-type': 'application/json',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
    body: JSON.stringify({ error: { message, type, param, code, correlation_id: ids.correlationId } }),
  };
};
