import { acceptsGzip } from './accepts-gzip';
import type { Page } from './page';

/** A whole answer, as it goes over the wire. */
export type Answer = { statusCode: number; headers: Record<string, string>; body: Buffer };

/** Below this, compression saves no packet. */
const LEAST_COMPRESSED_BYTES = 1_000;

/** What the answer depends on, besides the URL. */
const VARIES = 'Authorization, Accept, Accept-Encoding';

/**
 * A page as a caller wants it, by its request headers (lower-case names): compressed if it takes gzip, and without a body
 * (304) if it has the page already.
 */
export const answerPage = async (
  page: Page,
  requestHeaders: Readonly<Record<string, string>>,
  maxAgeSeconds: number,
): Promise<Answer> => {
  const headers = {
    etag: page.etag,
    'cache-control': maxAgeSeconds === 0 ? 'private, no-cache' : `private, max-age=${maxAgeSeconds}`,
    vary: VARIES,
    'x-content-type-options': 'nosniff',
  };
  if (hasAlready(requestHeaders['if-none-match'], page.etag)) {
    return { statusCode: 304, headers, body: Buffer.alloc(0) };
  }
  const isCompressed = page.body.length >= LEAST_COMPRESSED_BYTES && acceptsGzip(requestHeaders['accept-encoding']);
  return {
    statusCode: 200,
    headers: {
      ...headers,
      'content-type': page.contentType,
      ...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
    },
    body: isCompressed ? await page.compressed() : page.body,
  };
};

/** Compared weakly: what follows W/ must be equal. */
const hasAlready = (ifNoneMatch: string | undefined, etag: string): boolean =>
  (ifNoneMatch ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .some((entry) => entry === '*' || entry.replace(/^W\//, '') === etag.replace(/^W\//, ''));
