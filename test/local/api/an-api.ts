import type { Integration, RestApi } from '../../../local/api/rest-api';

export const anIntegration = (overrides: Partial<Integration> = {}): Integration => ({
  functionName: 'gateway',
  streamed: true,
  timeoutMs: 10_000,
  ...overrides,
});

/** An API from paths to methods: `{ '/health': { GET: anIntegration() } }`. */
export const anApi = (
  routes: Record<string, Record<string, Integration>>,
  overrides: Partial<RestApi> = {},
): RestApi => ({
  id: 'api1',
  name: 'Rest',
  accountId: '123456789012',
  stage: { name: 'dev', tracing: false, accessLogFormat: undefined, throttle: undefined },
  binaryMediaTypes: [],
  gatewayResponses: {},
  ...overrides,
  routes: Object.entries(routes).map(([path, methods]) => ({
    resourceId: `resource of ${path}`,
    path,
    segments: path.split('/').filter((segment) => segment !== ''),
    methods,
  })),
});
