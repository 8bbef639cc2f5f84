import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { PolicyStatement } from '../../../local/aws/iam/policy-statement';
import type { Principal } from '../../../local/aws/principal';
import { type AwsProxy, type AwsProxyOptions, startAwsProxy } from '../../../local/aws/proxy';

export const REGION = 'us-east-1';
export const ACCOUNT = '123456789012';

/** A function under these statements; its access key is its name in capitals. */
export const aFunction = (name: string, ...statements: PolicyStatement[]): Principal => ({
  name,
  accessKeyId: name.toUpperCase(),
  secretAccessKey: 'secret',
  statements,
});

export const OPERATOR: Principal = {
  name: 'operator',
  accessKeyId: 'OPERATOR',
  secretAccessKey: 'secret',
  statements: 'allow-all',
};

/** A proxy without anything behind it, but for what the test names. */
export const startTestProxy = (options: Partial<AwsProxyOptions> = {}): Promise<AwsProxy> =>
  startAwsProxy({
    region: REGION,
    accountId: ACCOUNT,
    principals: [OPERATOR],
    dynamoEndpoint: 'http://127.0.0.1:9',
    bedrock: { endpoint: 'http://127.0.0.1:9' },
    secrets: [],
    buckets: [],
    invokeFunction: async () => ({ payload: Buffer.from('null') }),
    ...options,
  });

/** What every SDK client of a function is made with: one attempt, over HTTP/1.1. */
export const clientOf = ({ url }: Pick<AwsProxy, 'url'>, accessKeyId = OPERATOR.accessKeyId) => ({
  endpoint: url,
  region: REGION,
  credentials: { accessKeyId, secretAccessKey: 'secret' },
  maxAttempts: 1,
  requestHandler: new NodeHttpHandler(),
});

/** What the promise rejects with; fails when it resolves. */
export const refusalOf = async (promise: Promise<unknown>): Promise<unknown> => {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome) return outcome.error;
  throw new Error(`Expected a refusal, got ${JSON.stringify(outcome.value)}`);
};
