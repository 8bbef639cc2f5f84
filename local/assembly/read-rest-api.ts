import * as v from 'valibot';
import type { RestApi, Route, Stage } from '../api/rest-api';
import { readGatewayResponses } from './read-gateway-responses';
import { readMethods } from './read-methods';
import type { Resource, Resources } from './resources';

const ignored = v.optional(v.unknown());

const restApi = v.object({
  Name: v.optional(v.string()),
  BinaryMediaTypes: v.optional(v.array(v.string()), []),
  Body: v.optional(v.undefined('an API given as an OpenAPI document is not run')),
});

const pathResource = v.object({ ParentId: v.string(), PathPart: v.string(), RestApiId: v.string() });

const methodSetting = v.strictObject({
  HttpMethod: v.literal('*', 'settings for one method are not run'),
  ResourcePath: v.literal('/*', 'settings for one path are not run'),
  ThrottlingRateLimit: v.optional(v.number()),
  ThrottlingBurstLimit: v.optional(v.number()),
  DataTraceEnabled: ignored,
  LoggingLevel: ignored,
  MetricsEnabled: ignored,
});

const stage = v.strictObject({
  RestApiId: v.string(),
  DeploymentId: v.string(),
  StageName: v.string(),
  TracingEnabled: v.optional(v.boolean(), false),
  AccessLogSetting: v.optional(v.object({ Format: v.optional(v.string()) })),
  MethodSettings: v.optional(v.array(methodSetting), []),
  Description: ignored,
  Tags: ignored,
});

/** The one REST API of the stack. Throws when there is none, or more than one. */
export const readRestApi = (resources: Resources): RestApi => {
  const api = only(resources.ofType('AWS::ApiGateway::RestApi', restApi), 'REST API');
  return {
    id: resources.ref(api.logicalId),
    name: api.properties.Name ?? api.logicalId,
    accountId: resources.place.accountId,
    stage: toStage(only(resources.ofType('AWS::ApiGateway::Stage', stage), 'stage').properties),
    binaryMediaTypes: api.properties.BinaryMediaTypes,
    routes: readRoutes(resources, resources.attribute(api.logicalId, 'RootResourceId')),
    gatewayResponses: readGatewayResponses(resources),
  };
};

const only = <T>(found: readonly Resource<T>[], what: string): Resource<T> => {
  const [first, ...others] = found;
  if (first === undefined || others.length > 0) {
    throw new Error(`The local machine runs a stack with one ${what}; this one has ${found.length}.`);
  }
  return first;
};

const toStage = ({
  StageName,
  TracingEnabled,
  AccessLogSetting,
  MethodSettings,
}: v.InferOutput<typeof stage>): Stage => {
  const [setting] = MethodSettings;
  const ratePerSecond = setting?.ThrottlingRateLimit;
  const burst = setting?.ThrottlingBurstLimit;
  return {
    name: StageName,
    tracing: TracingEnabled,
    accessLogFormat: AccessLogSetting?.Format,
    throttle: ratePerSecond === undefined || burst === undefined ? undefined : { ratePerSecond, burst },
  };
};

const readRoutes = (resources: Resources, rootId: string): readonly Route[] => {
  const methods = readMethods(resources);
  const parts = new Map(
    resources
      .ofType('AWS::ApiGateway::Resource', pathResource)
      .map(({ logicalId, properties }) => [resources.ref(logicalId), properties]),
  );
  const segmentsOf = (resourceId: string): readonly string[] => {
    if (resourceId === rootId) return [];
    const part = parts.get(resourceId);
    if (part === undefined) throw new Error(`The API has no resource ${resourceId}.`);
    return [...segmentsOf(part.ParentId), part.PathPart];
  };
  return [rootId, ...parts.keys()].map((resourceId) => {
    const segments = segmentsOf(resourceId);
    return { resourceId, segments, path: `/${segments.join('/')}`, methods: methods.get(resourceId) ?? {} };
  });
};
