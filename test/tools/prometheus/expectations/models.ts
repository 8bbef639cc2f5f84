import type { MODEL_QUERIES } from '../../../../dashboards/metric-queries/models';
import { having, line, top } from '../answer';
import { DAY, type Expectation, MINUTES_5 } from '../expectation';
import { availability, errorRatio } from './derived';
import type { ExpectationsOf } from './expectations-of';

const OF_FLUXAI = ['model', 'region'];
const BY_STRATEGY = { by: ['strategy'] };

const below =
  (limit: number, of: Expectation): Expectation =>
  (known) =>
    having(of(known), (value) => value < limit);

const above =
  (limit: number, of: Expectation): Expectation =>
  (known) =>
    having(of(known), (value) => value > limit);

const quantileByModel =
  (level: number, histogram: string): Expectation =>
  ({ truth }) =>
    truth.quantile(level, histogram, MINUTES_5, { by: ['model'] });

export const MODEL_EXPECTATIONS: ExpectationsOf<typeof MODEL_QUERIES> = {
  'model-latency-p50': {
    ours: quantileByModel(0.5, 'gateway_provider_duration_seconds'),
    asked: { FluxAI: quantileByModel(0.5, 'fluxai_model_latency_seconds') },
  },
  'slowest-models': {
    ours: (known) => top(5, quantileByModel(0.95, 'gateway_provider_duration_seconds')(known)),
    asked: { FluxAI: (known) => top(5, quantileByModel(0.95, 'fluxai_model_latency_seconds')(known)) },
  },
  'model-availability': { ours: availability(), asked: { FluxAI: availability(OF_FLUXAI) } },
  'unavailable-models': { ours: below(0.99, availability()), asked: { FluxAI: below(0.99, availability(OF_FLUXAI)) } },
  // A model has one region here, so its average is its ratio.
  'model-error-ratio': { ours: errorRatio(), asked: { FluxAI: errorRatio(['model']) } },
  'failing-models': { ours: above(0.05, errorRatio()), asked: { FluxAI: above(0.05, errorRatio(OF_FLUXAI)) } },
  'provider-errors': {
    ours: ({ truth }) => truth.rate('gateway_provider_errors_total', MINUTES_5, { by: ['provider', 'error_type'] }),
    asked: {
      ChoreoAI: ({ truth }) =>
        truth.rate('choreoai_provider_errors_total', MINUTES_5, { by: ['provider', 'error_type'] }),
    },
  },
  'providers-down': { ours: () => line(0, { provider: 'bedrock' }) },
  'routing-by-strategy': {
    ours: ({ truth }) => truth.increase('routing_decisions_total', DAY, BY_STRATEGY),
    asked: { FluxAI: ({ truth }) => truth.now('routing_decisions_total', BY_STRATEGY) },
  },
  'most-used-strategy': {
    ours: ({ truth }) => top(1, truth.increase('routing_decisions_total', DAY, BY_STRATEGY)),
    asked: { FluxAI: ({ truth }) => top(1, truth.now('routing_decisions_total', BY_STRATEGY)) },
  },
  'fallback-rate': { ours: ({ truth }) => truth.rate('gateway_fallback_triggered_total', MINUTES_5) },
};
