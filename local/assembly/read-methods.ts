import * as v from 'valibot';
import type { Integration } from '../api/rest-api';
import type { Resources } from './resources';

const ignored = v.optional(v.unknown());

/** Strict: a property that is not listed may change what reaches the function. */
const method = v.strictObject({
  RestApiId: v.string(),
  ResourceId: v.string(),
  HttpMethod: v.string(),
  AuthorizationType: v.literal('NONE', 'authorizers are not run'),
  ApiKeyRequired: v.optional(v.literal(false, 'usage plans are not run')),
  Integration: v.strictObject({
    Type: v.literal('AWS_PROXY', 'only Lambda proxy integrations are run'),
    IntegrationHttpMethod: v.literal('POST'),
    Uri: v.string(),
    TimeoutInMillis: v.optional(v.number(), 29_000),
    ResponseTransferMode: v.optional(v.picklist(['BUFFERED', 'STREAM']), 'BUFFERED'),
    PassthroughBehavior: ignored,
  }),
  OperationName: ignored,
  MethodResponses: ignored,
});

/** The integrations, by resource id and method. */
export const readMethods = (resources: Resources): ReadonlyMap<string, Readonly<Record<string, Integration>>> => {
  const methods = new Map<string, Record<string, Integration>>();
  for (const { properties } of resources.ofType('AWS::ApiGateway::Method', method)) {
    const { TimeoutInMillis, ResponseTransferMode, Uri } = properties.Integration;
    const streamed = ResponseTransferMode === 'STREAM';
    methods.set(properties.ResourceId, {
      ...methods.get(properties.ResourceId),
      [properties.HttpMethod]: { functionName: readUri(Uri, streamed), streamed, timeoutMs: TimeoutInMillis },
    });
  }
  return methods;
};

const URI = /\/functions\/arn:aws:lambda:[^/]*:function:([^/:]+)\/(response-streaming-invocations|invocations)$/;

/** Which function a URI invokes. API Gateway refuses a URI whose kind of invocation is not that of the method. */
const readUri = (uri: string, streamed: boolean): string => {
  const [, functionName, invocation] = URI.exec(uri) ?? [];
  if (functionName === undefined) throw new Error(`The local machine cannot read the integration URI ${uri}.`);
  if ((invocation === 'response-streaming-invocations') !== streamed) {
    throw new Error(`The integration URI ${uri} does not go with the method's response transfer mode.`);
  }
  return functionName;
};
