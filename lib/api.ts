import { Duration } from 'aws-cdk-lib';
import {
  CfnRestApi,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  ResponseTransferMode,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { accessLogFormat } from './access-log-format';
import { acknowledge } from './acknowledge';
import type { BuildContext } from './context';
import { addGatewayResponses } from './gateway-responses';
import { createLogGroup } from './log-group';
import type { NodeFunction } from './node-function';

export type ApiProps = {
  context: BuildContext;
  gateway: NodeFunction;
  health: NodeFunction;
  exposition: NodeFunction;
  telemetry: NodeFunction;
};

const REASONS = {
  APIG2: 'The functions validate with schemas and answer in the shape that OpenAI clients read.',
  APIG3: 'A web ACL costs money when idle and cannot read a streamed answer: who wants one attaches it to the stage.',
  APIG4: 'Every route but /health checks an API key inside its function, where a refusal can name its reason.',
  APIG6: 'Streamed integrations have no execution logs; access logs are on.',
  COG4: 'Callers are programs with API keys, not users of a pool.',
  'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
    'The policy that AWS prescribes for the one role of the account with which API Gateway writes its logs.',
};

/** The HTTPS front: which function answers which route, and what API Gateway says on its own. */
export class Api extends Construct {
  readonly url: string;
  /** How API Gateway signs the segments of its traces. */
  readonly serviceName: string;

  constructor(scope: Construct, id: string, { context, gateway, health, exposition, telemetry }: ApiProps) {
    super(scope, id);
    const api = this.createRestApi(context);
    addGatewayResponses(api);

    const buffered = (handler: NodeFunction) => new LambdaIntegration(handler, { allowTestInvoke: false });
    const streaming = (handler: NodeFunction, timeout: Duration) =>
      new LambdaIntegration(handler, {
        responseTransferMode: ResponseTransferMode.STREAM,
        timeout,
        allowTestInvoke: false,
      });
    const streamed = streaming(gateway, Duration.minutes(context.settings.gatewayTimeoutMinutes));
    // Streamed, it may be larger than 6 MB, and its compressed bytes need no media types that would change every route.
    const numbers = streaming(exposition, Duration.seconds(29));
    api.root.addResource('health').addMethod('GET', buffered(health));
    const metrics = api.root.addResource('metrics');
    metrics.addMethod('GET', numbers);
    metrics.addResource('stats').addMethod('GET', numbers);
    const v1 = api.root.addResource('v1');
    v1.addResource('telemetry').addMethod('POST', buffered(telemetry));
    v1.addResource('{proxy+}').addMethod('ANY', streamed);
    // Whatever else is asked for gets the gateway's own 404, with ids.
    api.root.addResource('{proxy+}').addMethod('ANY', streamed);
    this.url = api.url;
    this.serviceName = `${api.restApiName}/${api.deploymentStage.stageName}`;
  }

  private createRestApi(context: BuildContext): RestApi {
    const { stage, settings } = context;
    const accessLogs = createLogGroup(this, 'AccessLogs', { class: 'access', context });
    const api = new RestApi(this, 'Rest', {
      description: 'Fluxgate: OpenAI-compatible chat, models, health, metrics and telemetry.',
      // An edge-optimised endpoint ends a stream that is idle for 30 seconds, a Regional one after 5 minutes.
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: settings.apiGatewayLogRole === 'create',
      deployOptions: {
        stageName: stage,
        throttlingRateLimit: settings.throttling.ratePerSecond,
        throttlingBurstLimit: settings.throttling.burst,
        tracingEnabled: settings.tracing !== 'off',
        accessLogDestination: new LogGroupLogDestination(accessLogs),
        accessLogFormat,
      },
    });
    requireModernTls(api);
    // The stack says its URL under a name of its own.
    api.node.tryRemoveChild('Endpoint');
    acknowledge(api, REASONS);
    return api;
  }
}

/** REST APIs accept TLS 1.0 unless told otherwise, and the construct cannot tell them yet. */
const requireModernTls = (api: RestApi): void => {
  const resource = api.node.defaultChild;
  if (!(resource instanceof CfnRestApi)) throw new Error('The REST API has no resource of its own.');
  resource.securityPolicy = 'SecurityPolicy_TLS13_1_2_2021_06';
  resource.endpointAccessMode = 'STRICT';
};
