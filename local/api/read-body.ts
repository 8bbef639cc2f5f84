import type { IncomingMessage } from 'node:http';

/** The largest body that a REST API takes. */
const BODY_LIMIT_BYTES = 10 * 1024 * 1024;

/**
 * The body of a request; undefined when it is over 10 MB, but only once the client has sent all of it, so that it can
 * read the refusal. Rejects when the client goes away.
 */
export const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= BODY_LIMIT_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  }
  return bytes <= BODY_LIMIT_BYTES ? Buffer.concat(chunks) : undefined;
};
