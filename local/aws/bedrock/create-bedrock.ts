import { AwsError } from '../aws-error';
import { toRefusals, toRestErrorAnswer } from '../error-documents';
import type { AwsService } from '../service';
import { toModelAccesses } from './model-accesses';
import type { BedrockUpstream } from './upstream';

type Place = { readonly region: string; readonly accountId: string };
type Operation = { readonly name: string; readonly action: string };

/** Operations by the last part of the path. Converse is authorised as InvokeModel; there is no action of its own. */
const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['converse', { name: 'Converse', action: 'bedrock:InvokeModel' }],
  ['converse-stream', { name: 'ConverseStream', action: 'bedrock:InvokeModelWithResponseStream' }],
  ['invoke', { name: 'InvokeModel', action: 'bedrock:InvokeModel' }],
  [
    'invoke-with-response-stream',
    { name: 'InvokeModelWithResponseStream', action: 'bedrock:InvokeModelWithResponseStream' },
  ],
  ['count-tokens', { name: 'CountTokens', action: 'bedrock:CountTokens' }],
]);

/** Bedrock Runtime: forwarded, once the model and every place that its profile reaches are allowed. */
export const createBedrock = (upstream: BedrockUpstream, place: Place): AwsService => ({
  name: 'bedrock',
  read: async (incoming) => {
    const [, encodedId, verb = ''] = /^\/model\/([^/]+)\/([^/]+)$/.exec(incoming.path) ?? [];
    const operation = OPERATIONS.get(verb);
    if (encodedId === undefined || operation === undefined || incoming.method !== 'POST') {
      throw unknownOperation(`${incoming.method} ${incoming.path}`);
    }
    return {
      operation: operation.name,
      accesses: toModelAccesses(decodeURIComponent(encodedId), { action: operation.action, ...place }),
      tables: [],
      keys: [],
      eventuallyConsistent: false,
      perform: async ({ wait }) => {
        await wait();
        return upstream.forward(incoming);
      },
    };
  },
  toErrorAnswer: toRestErrorAnswer,
  refusals: REFUSALS,
});

const REFUSALS = toRefusals({
  throttled: {
    code: 'ThrottlingException',
    status: 429,
    message: 'Too many requests, please wait before trying again.',
  },
  unknownKey: {
    code: 'UnrecognizedClientException',
    status: 403,
    message: 'The security token included in the request is invalid.',
  },
  internal: { code: 'InternalServerException', status: 500 },
  denied: { code: 'AccessDeniedException', status: 403 },
});

const unknownOperation = (what: string): AwsError =>
  new AwsError({
    code: 'UnknownOperationException',
    status: 404,
    message: `The local AWS proxy does not have the Bedrock Runtime operation ${what}.`,
  });
