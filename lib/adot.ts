import { version } from '../package.json';
import { adotLayer } from './adot-layer';
import type { BuildContext } from './context';
import type { NodeFunction } from './node-function';

/**
 * What the layer is told. Which traces are kept, `tracing: 'adot'` decides in the gateway; which AWS calls are steps of
 * them, too. So the layer's own instrumentations are off, and its sampler lets through whatever the gateway hands it.
 */
const OPTIONS = {
  AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-instrument',
  // Spans only, by UDP to the daemon that active tracing brings along: no collector, and a shorter cold start.
  OTEL_AWS_LAMBDA_FAST_START: 'true',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
  OTEL_TRACES_SAMPLER: 'parentbased_always_on',
  // The wrapper adds aws-lambda and http to any list; the second list takes away from the first.
  OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'aws-lambda',
  OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'aws-lambda,http',
  OTEL_AWS_APPLICATION_SIGNALS_ENABLED: 'false',
} as const;

/** Puts the ADOT layer below a function. Its role needs nothing more: active tracing may write to X-Ray already. */
export const addAdot = (fn: NodeFunction, service: string, { stage, settings }: BuildContext): void => {
  fn.addLayers(adotLayer(fn, settings.adotLayerArn));
  const resource = {
    'deployment.environment.name': stage,
    'deployment.environment': stage,
    'service.version': version,
  };
  const variables = {
    ...OPTIONS,
    OTEL_SERVICE_NAME: service,
    OTEL_RESOURCE_ATTRIBUTES: Object.entries(resource)
      .map(([name, value]) => `${name}=${value}`)
      .join(','),
  };
  for (const [name, value] of Object.entries(variables)) fn.addEnvironment(name, value);
};
