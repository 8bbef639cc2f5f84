import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';

/** Access logs are the only log that API Gateway keeps of a stream; the last three say when its bytes began to flow. */
export const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    extendedRequestId: '$context.extendedRequestId',
    traceId: '$context.xrayTraceId',
    time: '$context.requestTimeEpoch',
    sourceIp: '$context.identity.sourceIp',
    method: '$context.httpMethod',
    route: '$context.resourcePath',
    status: '$context.status',
    responseType: '$context.error.responseType',
    responseBytes: '$context.responseLength',
    responseMs: '$context.responseLatency',
    integrationStatus: '$context.integration.status',
    integrationError: '$context.integration.error',
    integrationMs: '$context.integration.latency',
    transferMode: '$context.integration.responseTransferMode',
    msToHeaders: '$context.integration.timeToAllHeaders',
    msToFirstContent: '$context.integration.timeToFirstContent',
  }),
);
