import type { GatewayEnv } from '../../lambdas/gateway/env';

export const CACHE_TABLE = 'bench-cache';

const GATEWAY: GatewayEnv = {
  STAGE: 'bench',
  POWERTOOLS_SERVICE_NAME: 'fluxgate',
  POWERTOOLS_METRICS_NAMESPACE: 'Fluxgate',
  POWERTOOLS_LOG_LEVEL: 'INFO',
  LOG_REQUESTS: 'true',
  REDACTION: '{}',
  SERVICE_VERSION: 'bench',
  TRACE_SLOW_SECONDS: '30',
  TRACING: 'xray',
  KEYS_TABLE: 'bench-keys',
  LIMITS_TABLE: 'bench-limits',
  LEDGER_TABLE: 'bench-ledger',
  CACHE_TABLE,
  PEPPER_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:bench',
  DEFAULT_MAX_OUTPUT_TOKENS: '4096',
  MIN_OUTPUT_TOKENS: '16',
  KEY_CACHE_SECONDS: '60',
  CACHE_TTL_SECONDS: '3600',
  LEDGER_RETENTION_DAYS: '400',
  PROVIDER_TIMEOUT_SECONDS: '840',
  BEDROCK_REGION: 'us-east-1',
  BEDROCK_PROFILE: 'us',
};

/** The environment of a function under test, with every AWS service at `endpoint`. As on Lambda, most traces are not sampled. */
export const functionEnvironment = (endpoint: string): Record<string, string> => ({
  ...GATEWAY,
  AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME: endpoint,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_SESSION_TOKEN: 'bench',
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_FORMAT: 'JSON',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2',
  LAMBDA_TASK_ROOT: '/var/task',
  _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0',
});
