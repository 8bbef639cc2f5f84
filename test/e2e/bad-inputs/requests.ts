import { MAX_BODY_BYTES } from '../../../lambdas/gateway/http/check-body';
import { type BadInput, bodyWith, CHAT } from './bad-input';

const MIB = 1024 * 1024;

const long = (bytes: number): string => {
  const around = bodyWith({ messages: [{ role: 'user', content: '' }] });
  return bodyWith({ messages: [{ role: 'user', content: 'x'.repeat(bytes - around.length) }] });
};

const tooLarge = (name: string, bytes: number): BadInput => ({
  name,
  body: long(bytes),
  status: 413,
  code: 'request_too_large',
});

/** The first is refused by the gateway, the others by the API before it. */
export const BAD_SIZES: readonly BadInput[] = [
  tooLarge('one byte above the limit of the gateway', MAX_BODY_BYTES + 1),
  tooLarge('above the limit of an event of Lambda', 6.5 * MIB),
  tooLarge('above the limit of API Gateway', 10.5 * MIB),
];

const type = (contentType: string): BadInput => ({
  name: `content-type: ${contentType}`,
  headers: { 'content-type': contentType },
  body: bodyWith(),
  status: 415,
  code: 'unsupported_media_type',
  param: 'content-type',
});

export const BAD_HEADERS: readonly BadInput[] = [
  type('text/plain'),
  type('application/x-www-form-urlencoded'),
  type('multipart/form-data; boundary=x'),
  type('application/json; charset=latin1'),
  type('application/json; charset=utf-16'),
  type('application/jsonp'),
  {
    name: 'content-encoding: gzip',
    headers: { 'content-encoding': 'gzip' },
    body: bodyWith(),
    status: 415,
    code: 'unsupported_media_type',
    param: 'content-encoding',
  },
  {
    name: 'x-fluxgate-cache: perhaps',
    headers: { 'x-fluxgate-cache': 'perhaps' },
    body: bodyWith(),
    status: 400,
    code: 'invalid_request',
    param: 'X-Fluxgate-Cache',
  },
];

const key = (authorization: string | undefined): BadInput => ({
  name: `authorization: ${authorization}`.slice(0, 100),
  headers: { authorization },
  body: bodyWith(),
  status: 401,
  code: 'invalid_key',
});

export const BAD_KEYS: readonly BadInput[] = [
  key(undefined),
  key(''),
  key('Bearer'),
  key('Bearer  '),
  key('Bearer null'),
  key('Bearer sk-proj-0123456789abcdef'),
  key('Bearer fg_'),
  key('Bearer fg__'),
  key('Bearer fg_id_'),
  key('Bearer fg_id_short'),
  key('Bearer fg_id_secretsecret_more'),
  key('Bearer fg_unknownunknownun_0123456789012345678901234567890123456789'),
  key('Bearer fg_account#1_0123456789'),
  key('Bearer fg_id_0123456789 and more'),
  key('Basic dXNlcjpwYXNzd29yZA=='),
  key('fg_id_0123456789'),
  key('Bearer fg___proto___0123456789'),
  key(`Bearer fg_${'a'.repeat(5_000)}`),
  key('Bearer fg_ïd_0123456789'),
  { ...key(undefined), name: 'a key in the query', path: `${CHAT}?api_key=fg_id_0123456789` },
  {
    ...key(undefined),
    name: 'a key in another header',
    headers: { authorization: undefined, 'api-key': 'fg_id_0123456789' },
  },
];

const nowhere = (path: string, method = 'GET'): BadInput => ({
  name: `${method} ${path}`.slice(0, 80),
  method,
  path,
  status: 404,
  code: 'unknown_route',
});

const wrongMethod = (method: string, path: string): BadInput => ({
  name: `${method} ${path}`,
  method,
  path,
  status: 405,
  code: 'method_not_allowed',
});

const noModel = (path: string): BadInput => ({ ...nowhere(path), code: 'unknown_model', param: 'id' });
const noRecord = (path: string): BadInput => ({ ...nowhere(path), code: 'unknown_request', param: 'id' });

export const BAD_ROUTES: readonly BadInput[] = [
  nowhere('/'),
  nowhere('/v1'),
  nowhere('/v1/'),
  nowhere('/v2/models'),
  nowhere('/V1/models'),
  nowhere('//v1/models'),
  nowhere('/v1//models'),
  nowhere('/v1/chat'),
  nowhere('/v1/chat/completions/more', 'POST'),
  nowhere('/v1/chat%2Fcompletions', 'POST'),
  nowhere('/v1/embeddings', 'POST'),
  nowhere('/v1/models/a/b'),
  nowhere('/v1/models/%E0%A4%A'),
  nowhere('/v1/models/%'),
  nowhere('/v1/requests'),
  nowhere('/v1/../health/x'),
  nowhere('/favicon.ico'),
  nowhere('/.env'),
  nowhere('/health', 'POST'),
  nowhere('/metrics', 'DELETE'),
  nowhere(`/v1/${'x'.repeat(4_000)}`),
  wrongMethod('GET', CHAT),
  wrongMethod('PUT', CHAT),
  wrongMethod('PATCH', CHAT),
  wrongMethod('DELETE', CHAT),
  wrongMethod('OPTIONS', CHAT),
  wrongMethod('POST', '/v1/models'),
  wrongMethod('DELETE', '/v1/models/nova-lite'),
  wrongMethod('POST', '/v1/requests/AAAAAAAAAAAAAAAA'),
  noModel('/v1/models/gpt-4o'),
  noModel('/v1/models/__proto__'),
  noModel('/v1/models/constructor'),
  noModel('/v1/models/..'),
  noModel('/v1/models/%00'),
  noModel('/v1/models/%2e%2e%2fhealth'),
  noModel(`/v1/models/${'m'.repeat(4_000)}`),
  noRecord('/v1/requests/AAAAAAAAAAAAAAAA'),
  noRecord('/v1/requests/__proto__'),
  noRecord('/v1/requests/%00'),
  noRecord('/v1/requests/inflight%230'),
  noRecord('/v1/requests/..%2f..%2fhealth'),
  noRecord('/v1/requests/%F0%9F%92%A5'),
  noRecord(`/v1/requests/${'r'.repeat(4_000)}`),
];
