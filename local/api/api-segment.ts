import type { SegmentDocument } from '../xray/daemon';
import type { Exchange } from './exchange';
import type { RestApi } from './rest-api';

/** The segment that API Gateway makes for a sampled request; undefined when it makes none. */
export const toApiSegment = (api: RestApi, exchange: Exchange, status: number): SegmentDocument | undefined => {
  const { incomingTrace, segmentId } = exchange;
  if (segmentId === undefined || incomingTrace.sampled === false) return undefined;
  return {
    name: `${api.name}/${api.stage.name}`,
    id: segmentId,
    trace_id: incomingTrace.root,
    ...(incomingTrace.parent === undefined ? {} : { parent_id: incomingTrace.parent }),
    start_time: exchange.receivedAt.getTime() / 1000,
    end_time: Date.now() / 1000,
    origin: 'AWS::ApiGateway::Stage',
    http: {
      request: {
        method: exchange.method,
        url: `https://${exchange.domainName}${exchange.path}`,
        client_ip: exchange.sourceIp,
        user_agent: exchange.userAgent,
      },
      response: { status },
    },
    ...(status === 429 ? { throttle: true } : {}),
    ...(status >= 400 && status < 500 ? { error: true } : {}),
    ...(status >= 500 ? { fault: true } : {}),
    aws: {
      api_gateway: {
        account_id: api.accountId,
        rest_api_id: api.id,
        stage: api.stage.name,
        request_id: exchange.requestId,
      },
    },
  };
};
