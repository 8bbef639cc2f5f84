import type { OutgoingHttpHeaders } from 'node:http';

/** Headers that are about one connection only. */
export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Headers that API Gateway does not let an integration set: it sends them under `x-amzn-Remapped-<name>`. */
const REMAPPED: ReadonlySet<string> = new Set([
  'authorization',
  'content-length',
  'content-md5',
  'date',
  'host',
  'max-forwards',
  'server',
  'user-agent',
  'www-authenticate',
]);

/** What a function says about its answer's head. */
export type IntegrationHead = {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
  readonly cookies?: readonly string[];
};

/** The headers that reach the client; `multiValueHeaders` win over `headers` of the same name. */
export const toResponseHeaders = ({ headers, multiValueHeaders, cookies }: IntegrationHead): OutgoingHttpHeaders => {
  const values = new Map<string, string | string[]>();
  const put = (name: string, value: string | string[]) => {
    if (HOP_BY_HOP.has(name.toLowerCase())) return;
    values.set(REMAPPED.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name, value);
  };
  for (const [name, value] of Object.entries(headers ?? {})) put(name, String(value));
  for (const [name, list] of Object.entries(multiValueHeaders ?? {})) put(name, list.map(String));
  if (cookies !== undefined && cookies.length > 0) put('Set-Cookie', [...cookies]);
  return { 'Content-Type': 'application/json', ...withoutCase(values) };
};

/** `content-type` of the function must replace ours. */
const withoutCase = (values: ReadonlyMap<string, string | string[]>): OutgoingHttpHeaders =>
  Object.fromEntries(
    [...values].map(([name, value]) => [name.toLowerCase() === 'content-type' ? 'Content-Type' : name, value]),
  );
