import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';

export type PostDeps = {
  /** The remote-write URL. */
  url: string;
  /** The Region that signs. */
  region: string;
  credentials: ConstructorParameters<typeof SignatureV4>[0]['credentials'];
  requestHandler: Pick<NodeHttpHandler, 'handle'>;
};

export type PostAnswer = {
  status: number;
  /** As `Retry-After` says it, when it does. */
  retryAfterSeconds: number | undefined;
  /** The beginning of the body. */
  text: string;
};

/** Sends the body of one remote write. Rejects when there is no whole answer within `mostMs`. */
export type Post = (body: Uint8Array, mostMs: number) => Promise<PostAnswer>;

/** Characters of an answer that are read: what is wrong stands at its beginning. */
const MOST_CHARACTERS = 2_000;

/** Remote write 1.0 as Amazon Managed Prometheus takes it: signed for the service `aps`. */
export const createPost = ({ url, region, credentials, requestHandler }: PostDeps): Post => {
  const signer = new SignatureV4({ service: 'aps', region, credentials, sha256: Sha256 });
  return async (body, mostMs) => {
    const { protocol, hostname, port, pathname } = new URL(url);
    const request = new HttpRequest({
      method: 'POST',
      protocol,
      hostname,
      ...(port === '' ? {} : { port: Number(port) }),
      path: pathname,
      headers: {
        host: port === '' ? hostname : `${hostname}:${port}`,
        'content-type': 'application/x-protobuf',
        'content-encoding': 'snappy',
        'content-length': String(body.length),
        'x-prometheus-remote-write-version': '0.1.0',
        'user-agent': 'fluxgate',
      },
      body,
    });
    const signed = new HttpRequest(await signer.sign(request));
    const { response } = await requestHandler.handle(signed, {
      abortSignal: AbortSignal.timeout(Math.max(0, mostMs)),
    });
    return {
      status: response.statusCode,
      retryAfterSeconds: readRetryAfter(response.headers['retry-after']),
      text: await readText(response.body),
    };
  };
};

const readRetryAfter = (header: string | undefined): number | undefined =>
  header !== undefined && /^\d+$/.test(header) ? Number(header) : undefined;

/** To its end, so that the connection can be used again. */
const readText = async (body: AsyncIterable<Uint8Array>): Promise<string> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8').slice(0, MOST_CHARACTERS);
};
