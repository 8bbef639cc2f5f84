/** What `$context` holds for one request, by the name that follows `$context.`. */
export type ContextVariables = Readonly<Record<string, string | undefined>>;

/** The variables that access logs and gateway responses may name here. */
export const CONTEXT_NAMES = [
  'accountId',
  'apiId',
  'domainName',
  'error.message',
  'error.messageString',
  'error.responseType',
  'extendedRequestId',
  'httpMethod',
  'identity.sourceIp',
  'identity.userAgent',
  'integration.error',
  'integration.integrationStatus',
  'integration.latency',
  'integration.requestId',
  'integration.responseTransferMode',
  'integration.status',
  'integration.timeToAllHeaders',
  'integration.timeToFirstContent',
  'path',
  'protocol',
  'requestId',
  'requestTime',
  'requestTimeEpoch',
  'resourceId',
  'resourcePath',
  'responseLatency',
  'responseLength',
  'stage',
  'status',
  'xrayTraceId',
] as const;

const VARIABLE = /\$context\.([a-zA-Z]+(?:\.[a-zA-Z]+)*)/g;

/** Throws when a template names a variable that is not filled in here: it would silently be empty. */
export const assertKnownVariables = (template: string): void => {
  const known: readonly string[] = CONTEXT_NAMES;
  for (const [whole, name = ''] of template.matchAll(VARIABLE)) {
    if (!known.includes(name)) throw new Error(`The local API does not know ${whole}, named in: ${template}`);
  }
};

/** Fills in a template; a variable without a value becomes `absent`. */
export const substitute = (template: string, variables: ContextVariables, absent: string): string =>
  template.replace(VARIABLE, (_whole, name: string) => variables[name] ?? absent);
