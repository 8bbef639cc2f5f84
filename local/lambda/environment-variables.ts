import { randomBytes } from 'node:crypto';
import type { Principal } from '../aws/principal';
import type { FunctionDefinition } from './function-definition';

/** Where a function's clients find what they call. */
export type Surroundings = {
  readonly region: string;
  /** The local AWS proxy. */
  readonly awsEndpoint: string;
  /** `host:port` of the X-Ray daemon. */
  readonly xrayDaemon: string;
};

/** The services that the SDK clients of the functions are pointed at, as `AWS_ENDPOINT_URL_<SERVICE>` spells them. */
const SERVICES = ['DYNAMODB', 'BEDROCK_RUNTIME', 'SECRETS_MANAGER', 'S3', 'LAMBDA'] as const;

type Place = {
  readonly definition: FunctionDefinition;
  readonly principal: Principal;
  readonly surroundings: Surroundings;
  readonly taskRoot: string;
  readonly runtimeApi: string;
};

/** The whole environment of one process: what the template says and what Lambda adds, nothing of this shell's. */
export const toEnvironmentVariables = ({
  definition,
  principal,
  surroundings,
  taskRoot,
  runtimeApi,
}: Place): Record<string, string> => ({
  ...Object.fromEntries(SERVICES.map((service) => [`AWS_ENDPOINT_URL_${service}`, surroundings.awsEndpoint])),
  PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
  // The SDK would otherwise read the developer's own ~/.aws.
  HOME: taskRoot,
  // The deployed functions run on a Node.js that the SDK has nothing to say about.
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
  ...toLocalUrls(definition.environment, surroundings.awsEndpoint),
  _HANDLER: definition.handler,
  LAMBDA_TASK_ROOT: taskRoot,
  LAMBDA_RUNTIME_DIR: '/var/runtime',
  AWS_LAMBDA_RUNTIME_API: runtimeApi,
  AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
  AWS_LAMBDA_FUNCTION_NAME: definition.name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_FORMAT: definition.logFormat,
  ...(definition.logLevel === undefined ? {} : { AWS_LAMBDA_LOG_LEVEL: definition.logLevel }),
  AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroup,
  AWS_LAMBDA_LOG_STREAM_NAME: toLogStream(new Date()),
  AWS_REGION: surroundings.region,
  AWS_DEFAULT_REGION: surroundings.region,
  AWS_ACCESS_KEY_ID: principal.accessKeyId,
  AWS_SECRET_ACCESS_KEY: principal.secretAccessKey,
  AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
  AWS_XRAY_DAEMON_ADDRESS: surroundings.xrayDaemon,
});

/** Where the workspaces of Managed Prometheus are; the template gives their URLs to functions, which no client makes up. */
const WORKSPACES = /^https:\/\/aps-workspaces\.[a-z0-9-]+\.amazonaws\.com(?=\/)/;

const toLocalUrls = (variables: Readonly<Record<string, string>>, awsEndpoint: string): Record<string, string> =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value.replace(WORKSPACES, awsEndpoint)]));

const toLogStream = (now: Date): string => {
  const day = now.toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${randomBytes(16).toString('hex')}`;
};
