import { createHash } from 'node:crypto';
import { crc32 } from '../../bedrock/crc32';
import type { Incoming } from '../service';
import { badDigest, notImplemented } from './s3-errors';

/** The bytes of an upload, and the checksum header that came with or after them. */
export type ObjectBody = { readonly body: Buffer; readonly checksum: Readonly<Record<string, string>> };

/**
 * Reads an upload: plain, or in the SDK's `aws-chunked` framing with the checksum behind the bytes.
 * Throws BadDigest when the checksum does not match.
 */
export const readObjectBody = async (incoming: Incoming): Promise<ObjectBody> => {
  const raw = await incoming.readBody();
  const isChunked = String(incoming.headers['content-encoding'] ?? '').includes('aws-chunked');
  const { body, trailers } = isChunked ? readChunks(raw) : { body: raw, trailers: {} };
  const checksum = checksumIn({ ...incoming.headers, ...trailers });
  for (const [header, expected] of Object.entries(checksum)) {
    if (digest(header, body) !== expected) throw badDigest(header);
  }
  return { body, checksum };
};

const PREFIX = 'x-amz-checksum-';
/** Headers of that prefix that are about checksums and hold none. */
const ABOUT = new Set(['x-amz-checksum-algorithm', 'x-amz-checksum-mode', 'x-amz-checksum-type']);

const checksumIn = (headers: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith(PREFIX) && !ABOUT.has(name) && typeof value === 'string' ? [[name, value]] : [],
    ),
  );

const DIGESTS: ReadonlyMap<string, (body: Buffer) => Buffer> = new Map([
  [
    'crc32',
    (body: Buffer) => {
      const sum = Buffer.alloc(4);
      sum.writeUInt32BE(crc32(body));
      return sum;
    },
  ],
  ['sha1', (body: Buffer) => createHash('sha1').update(body).digest()],
  ['sha256', (body: Buffer) => createHash('sha256').update(body).digest()],
]);

const digest = (header: string, body: Buffer): string => {
  const compute = DIGESTS.get(header.slice(PREFIX.length));
  if (compute === undefined) throw notImplemented(`the checksum of ${header}`);
  return compute(body).toString('base64');
};

const LINE_END = '\r\n';

/** Chunks are `<size in hexadecimal>[;signature]`, a line end, the bytes, a line end; after the empty chunk come trailers. */
const readChunks = (raw: Buffer): { body: Buffer; trailers: Record<string, string> } => {
  const chunks: Buffer[] = [];
  let at = 0;
  while (true) {
    const lineEnd = raw.indexOf(LINE_END, at);
    const size = Number.parseInt(raw.toString('latin1', at, lineEnd), 16);
    if (lineEnd < 0 || Number.isNaN(size)) throw badDigest('aws-chunked body');
    at = lineEnd + LINE_END.length;
    if (size === 0) return { body: Buffer.concat(chunks), trailers: readTrailers(raw.toString('latin1', at)) };
    chunks.push(raw.subarray(at, at + size));
    at += size + LINE_END.length;
  }
};

const readTrailers = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(LINE_END).flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 0 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
    }),
  );
