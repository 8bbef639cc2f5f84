import { assertKnownVariables, type ContextVariables, substitute } from './context-variables';

/** A text that the template fixes, or a variable of the request. */
export type HeaderSource = { readonly text: string } | { readonly variable: string };

/** What the template says about one kind of answer that API Gateway gives by itself. */
export type GatewayResponse = {
  readonly status: number | undefined;
  readonly headers: readonly { readonly name: string; readonly source: HeaderSource }[];
  readonly template: string | undefined;
};

/** The kinds of answer that the local API gives by itself. */
export const RESPONSE_TYPES = {
  MISSING_AUTHENTICATION_TOKEN: { status: 403, message: 'Missing Authentication Token' },
  REQUEST_TOO_LARGE: { status: 413, message: 'Request Too Long' },
  THROTTLED: { status: 429, message: 'Too Many Requests' },
  INTEGRATION_TIMEOUT: { status: 504, message: 'Endpoint request timed out' },
  // A function that fails or answers nonsense has no type of its own: it falls under DEFAULT_5XX.
  BAD_INTEGRATION_RESPONSE: { status: 502, message: 'Internal server error' },
} as const;

export type ResponseType = keyof typeof RESPONSE_TYPES;

export type OwnAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Reads `'text'` or `context.<name>`; throws for other mappings. */
export const readHeaderSource = (source: string): HeaderSource => {
  const text = /^'(.*)'$/s.exec(source)?.[1];
  if (text !== undefined) return { text };
  const variable = /^context\.(.+)$/.exec(source)?.[1];
  if (variable === undefined) throw new Error(`The local API cannot map ${source} to a header of a gateway response.`);
  assertKnownVariables(`$context.${variable}`);
  return { variable };
};

/** The answer of one kind: the API's own response for it, else its default for the class of status, else AWS's. */
export const toOwnAnswer = (
  type: ResponseType,
  responses: Readonly<Record<string, GatewayResponse>>,
  request: ContextVariables,
): OwnAnswer => {
  const { status, message } = RESPONSE_TYPES[type];
  const response = responses[type] ?? responses[status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'];
  const variables: ContextVariables = {
    ...request,
    'error.message': message,
    'error.messageString': JSON.stringify(message),
    'error.responseType': type,
  };
  const headers = (response?.headers ?? []).map(({ name, source }) => [
    name,
    'text' in source ? source.text : (variables[source.variable] ?? ''),
  ]);
  return {
    status: response?.status ?? status,
    headers: { 'Content-Type': 'application/json', ...Object.fromEntries(headers) },
    body: substitute(response?.template ?? '{"message":$context.error.messageString}', variables, ''),
  };
};
