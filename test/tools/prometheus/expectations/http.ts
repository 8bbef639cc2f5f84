import type { HTTP_QUERIES } from '../../../../dashboards/metric-queries/http';
import { divide, having, orZero, times } from '../answer';
import { type Known, MINUTES_5 } from '../expectation';
import type { ExpectationsOf } from './expectations-of';

const requests = 'http_requests_total';
const duration = 'http_request_duration_seconds';
const FAILED = { where: { status: ['500', '502', '503', '504'] } };

const failed = ({ truth }: Known) =>
  divide(orZero(truth.rate(requests, MINUTES_5, FAILED)), truth.rate(requests, MINUTES_5));

export const HTTP_EXPECTATIONS: ExpectationsOf<typeof HTTP_QUERIES> = {
  'http-rate-by-endpoint': {
    ours: ({ truth }) => truth.rate(requests, MINUTES_5, { by: ['endpoint'] }),
    asked: { 'Proxy Agent Platform': ({ truth }) => truth.rate(requests, MINUTES_5, { by: ['endpoint'] }) },
  },
  'http-5xx-percent': { ours: (known) => times(failed(known), 100) },
  'high-5xx-ratio': { ours: (known) => having(failed(known), (share) => share > 0.05) },
  'http-latency-p95': { ours: ({ truth }) => truth.quantile(0.95, duration, MINUTES_5) },
  'service-latency-p95': { ours: ({ truth }) => truth.quantile(0.95, duration, MINUTES_5, { by: ['service'] }) },
};
