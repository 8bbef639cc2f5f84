import { Agent, request } from 'node:https';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { Answer, Incoming } from '../service';
import { type BedrockUpstream, endToEnd } from './upstream';

type Signed = { readonly headers: Record<string, string> };

export type RequestToSign = {
  method: string;
  protocol: string;
  hostname: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: Buffer;
};

/** Forwards to Bedrock itself, signed with the user's own credentials. */
export const createAwsUpstream = (region: string, sign = createSign(region)): BedrockUpstream => {
  const agent = new Agent({ keepAlive: true });
  const hostname = `bedrock-runtime.${region}.amazonaws.com`;
  return {
    forward: async (incoming) => {
      const body = await incoming.readBody();
      const signed = await sign(toRequest(incoming, hostname, body));
      return new Promise<Answer>((resolve, reject) => {
        const outgoing = request(
          { agent, hostname, method: incoming.method, path: incoming.path, headers: signed.headers },
          (answer) => resolve({ status: answer.statusCode ?? 500, headers: endToEnd(answer.headers), body: answer }),
        );
        outgoing.on('error', reject);
        incoming.whenGone(() => outgoing.destroy());
        outgoing.end(body);
      });
    },
    close: () => agent.destroy(),
  };
};

const PASSED_ON = ['content-type', 'accept'];

// The SDK signs the path that it is given after encoding it once more, so the request's own encoding is kept.
const toRequest = ({ method, path, headers }: Incoming, hostname: string, body: Buffer): RequestToSign => ({
  method,
  protocol: 'https:',
  hostname,
  path,
  query: {},
  headers: {
    host: hostname,
    'content-length': String(body.length),
    ...Object.fromEntries(
      PASSED_ON.flatMap((name) => {
        const value = headers[name];
        return typeof value === 'string' ? [[name, value]] : [];
      }),
    ),
  },
  body,
});

/** Signs with what the SDK finds: environment, profile, SSO, ... */
export const createSign = (
  region: string,
  credentials?: { accessKeyId: string; secretAccessKey: string },
): ((request: RequestToSign) => Promise<Signed>) => {
  const { config } = new BedrockRuntimeClient({ region, ...(credentials && { credentials }) });
  return async (unsigned) => {
    const signer = await config.signer();
    return signer.sign(unsigned);
  };
};
