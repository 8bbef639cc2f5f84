import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';

/** A body that may be given to several callers. */
export type Page = {
  contentType: string;
  body: Buffer;
  /** Weak, because the same text goes out plain and compressed. */
  etag: string;
  /** The body compressed, made when it is first asked for. */
  compressed: () => Promise<Buffer>;
};

/** Text that repeats itself on every line is small at the lowest level already, in a third of the time. */
const LEVEL = { level: constants.Z_BEST_SPEED };

export const createPage = (contentType: string, text: string): Page => {
  const body = Buffer.from(text, 'utf8');
  let compressed: Promise<Buffer> | undefined;
  return {
    contentType,
    body,
    etag: `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    compressed: () => {
      compressed ??= promisify(gzip)(body, LEVEL);
      return compressed;
    },
  };
};
