/** One kind of request against one target. */
export type LoadRequest = {
  port: number;
  path: string;
  headers: Readonly<Record<string, string>>;
  /** JSON text; every `COUNTER` in it is replaced by a number that no other request has. */
  body: string;
  /** The beginning of the text that a good answer holds. */
  marker: string;
};

export const COUNTER = '#########';

let count = 0;

/** The bytes of the next request: no two are alike when the body holds the counter. */
export const toBytes = ({ path, headers, body }: LoadRequest): Buffer => {
  count += 1;
  const content = body.replaceAll(COUNTER, String(count).padStart(COUNTER.length, '0'));
  const lines = Object.entries({ host: '127.0.0.1', 'content-type': 'application/json', ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${head}content-length: ${Buffer.byteLength(content)}\r\n\r\n${content}`);
};
