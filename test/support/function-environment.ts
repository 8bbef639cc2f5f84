/** The environment that Lambda and the construct give a function, for tests that load its handler. */
export const COMMON_ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  STAGE: 'test',
  POWERTOOLS_SERVICE_NAME: 'fluxgate',
  POWERTOOLS_METRICS_NAMESPACE: 'Fluxgate/test',
  POWERTOOLS_LOG_LEVEL: 'INFO',
  LOG_REQUESTS: 'true',
  SERVICE_VERSION: '0.0.0',
  TRACING: 'off',
  TRACE_SLOW_SECONDS: '30',
} as const;

/** Sets variables of this process, and returns what puts them back. */
export const setEnvironment = (variables: Record<string, string>): (() => void) => {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
};
