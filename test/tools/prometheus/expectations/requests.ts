import type { REQUEST_QUERIES } from '../../../../dashboards/metric-queries/requests';
import { divide, having, orZero } from '../answer';
import { DAY, MINUTES_5 } from '../expectation';
import type { ExpectationsOf } from './expectations-of';

const SUCCESS = { where: { status: ['success'] } };
const requests = 'gateway_requests_total';
const errors = 'gateway_request_errors_total';

export const REQUEST_EXPECTATIONS: ExpectationsOf<typeof REQUEST_QUERIES> = {
  'requests-of-a-day': {
    ours: ({ truth }) => truth.increase(requests, DAY),
    asked: { FluxAI: ({ truth }) => truth.now(requests) },
  },
  'requests-by-model': {
    ours: ({ truth }) => truth.increase(requests, DAY, { by: ['model'] }),
    asked: { FluxAI: ({ truth }) => truth.now(requests, { by: ['model'] }) },
  },
  'request-rate': { ours: ({ truth }) => truth.rate(requests, MINUTES_5) },
  'success-ratio': {
    ours: ({ truth }) => divide(orZero(truth.rate(requests, MINUTES_5, SUCCESS)), truth.rate(requests, MINUTES_5)),
    asked: {
      FluxAI: ({ truth }) =>
        divide(truth.rate('fluxai_requests_total', MINUTES_5, SUCCESS), truth.rate('fluxai_requests_total', MINUTES_5)),
    },
  },
  'requests-by-end': { ours: ({ truth }) => truth.rate(requests, MINUTES_5, { by: ['status'] }) },
  'error-rate': { ours: ({ truth }) => truth.rate(errors, MINUTES_5) },
  'errors-by-type': {
    ours: ({ truth }) => truth.increase(errors, DAY, { by: ['error_type'] }),
    asked: { FluxAI: ({ truth }) => truth.now(errors, { by: ['error_type'] }) },
  },
  'high-error-volume': { ours: ({ truth }) => having(truth.rate(errors, MINUTES_5), (rate) => rate > 0.05) },
  'streamed-requests': {
    ours: ({ truth }) => truth.rate('gateway_streaming_requests_total', MINUTES_5),
    asked: { ChoreoAI: ({ truth }) => truth.rate('choreoai_streaming_requests_total', MINUTES_5) },
  },
};
