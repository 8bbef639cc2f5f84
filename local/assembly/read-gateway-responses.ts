import * as v from 'valibot';
import { type GatewayResponse, readHeaderSource } from '../api/gateway-response';
import type { Resources } from './resources';

const gatewayResponse = v.strictObject({
  RestApiId: v.string(),
  ResponseType: v.string(),
  StatusCode: v.optional(v.string()),
  ResponseParameters: v.optional(v.record(v.string(), v.string()), {}),
  ResponseTemplates: v.optional(v.record(v.string(), v.string()), {}),
});

const HEADER = 'gatewayresponse.header.';

/** What API Gateway answers by itself, by response type. */
export const readGatewayResponses = (resources: Resources): Readonly<Record<string, GatewayResponse>> =>
  Object.fromEntries(
    resources.ofType('AWS::ApiGateway::GatewayResponse', gatewayResponse).map(({ properties }) => [
      properties.ResponseType,
      {
        status: properties.StatusCode === undefined ? undefined : Number(properties.StatusCode),
        headers: Object.entries(properties.ResponseParameters).map(([parameter, source]) => ({
          name: readHeaderName(parameter),
          source: readHeaderSource(source),
        })),
        template: properties.ResponseTemplates['application/json'],
      },
    ]),
  );

const readHeaderName = (parameter: string): string => {
  if (!parameter.startsWith(HEADER)) throw new Error(`A gateway response can only set headers, not ${parameter}.`);
  return parameter.slice(HEADER.length);
};
