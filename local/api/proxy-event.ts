import type { Exchange } from './exchange';
import { toRequestTime } from './exchange';
import { HOP_BY_HOP } from './headers';
import type { Matched } from './match-route';
import type { RestApi } from './rest-api';

type Sent = {
  readonly api: RestApi;
  readonly exchange: Exchange;
  readonly matched: Matched;
  /** Names and values in turn, as they came over the wire. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
};

/** The event of a Lambda proxy integration of a REST API (payload format 1.0). */
export const toProxyEvent = ({ api, exchange, matched, rawHeaders, body }: Sent): object => {
  const headers = toMultiValue(
    [
      ...toPairs(rawHeaders).filter(([name]) => !isReplaced(name)),
      ['X-Amzn-Trace-Id', exchange.traceHeader],
      ['X-Forwarded-For', exchange.sourceIp],
      ['X-Forwarded-Port', '443'],
      ['X-Forwarded-Proto', 'https'],
    ],
    (name) => name.toLowerCase(),
  );
  const query = toMultiValue([...new URLSearchParams(exchange.query)]);
  const contentType = lastValue(headers, 'content-type');
  const isBase64Encoded = isBinary(contentType, api.binaryMediaTypes);
  return {
    resource: matched.route.path,
    path: exchange.path,
    httpMethod: exchange.method,
    headers: toSingleValue(headers),
    multiValueHeaders: headers,
    queryStringParameters: orNull(toSingleValue(query)),
    multiValueQueryStringParameters: orNull(query),
    pathParameters: orNull(matched.pathParameters),
    stageVariables: null,
    requestContext: toRequestContext(api, exchange, matched),
    body: body.length === 0 ? null : body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
};

type MultiValue = Readonly<Record<string, readonly string[]>>;

const REPLACED = new Set(['x-amzn-trace-id', 'x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto']);

const isReplaced = (name: string): boolean => REPLACED.has(name.toLowerCase()) || HOP_BY_HOP.has(name.toLowerCase());

const toPairs = (flat: readonly string[]): readonly (readonly [string, string])[] =>
  flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1] ?? ''] as const] : []));

/** Values under the first spelling of their name, in their order; `toKey` says which spellings are one name. */
const toMultiValue = (pairs: readonly (readonly [string, string])[], toKey = (name: string) => name): MultiValue => {
  const values = new Map<string, { name: string; list: string[] }>();
  for (const [name, value] of pairs) {
    const known = values.get(toKey(name));
    if (known === undefined) values.set(toKey(name), { name, list: [value] });
    else known.list.push(value);
  }
  return Object.fromEntries([...values.values()].map(({ name, list }) => [name, list]));
};

const toSingleValue = (values: MultiValue): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).map(([name, list]) => [name, list.at(-1) ?? '']));

const orNull = <T extends object>(values: T): T | null => (Object.keys(values).length === 0 ? null : values);

const lastValue = (headers: MultiValue, name: string): string | undefined =>
  Object.entries(headers)
    .find(([key]) => key.toLowerCase() === name)?.[1]
    .at(-1);

const isBinary = (contentType: string | undefined, binaryMediaTypes: readonly string[]): boolean => {
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase();
  return binaryMediaTypes.some((type) => type === '*/*' || type.toLowerCase() === mediaType);
};

const toRequestContext = (api: RestApi, exchange: Exchange, { route }: Matched): object => ({
  accountId: api.accountId,
  apiId: api.id,
  deploymentId: 'local',
  domainName: exchange.domainName,
  domainPrefix: exchange.domainName.split('.')[0],
  extendedRequestId: exchange.extendedRequestId,
  httpMethod: exchange.method,
  identity: {
    accessKey: null,
    accountId: null,
    caller: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp: exchange.sourceIp,
    user: null,
    userAgent: exchange.userAgent ?? null,
    userArn: null,
  },
  path: exchange.path,
  protocol: 'HTTP/1.1',
  requestId: exchange.requestId,
  requestTime: toRequestTime(exchange.receivedAt),
  requestTimeEpoch: exchange.receivedAt.getTime(),
  resourceId: route.resourceId,
  resourcePath: route.path,
  stage: api.stage.name,
});
