import { Duration } from 'aws-cdk-lib';
import { EndpointType, LambdaIntegration, ResponseTransferMode, RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Settings } from './settings';
import type { Stage } from './stages';

export type ApiProps = {
  stage: Stage;
  settings: Settings;
  gateway: IFunction;
  health: IFunction;
  exposition: IFunction;
};

/** The HTTPS front: which function answers which route. */
export class Api extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { stage, settings, gateway, health, exposition }: ApiProps) {
    super(scope, id);
    const api = new RestApi(this, 'Rest', {
      description: 'Fluxgate: OpenAI-compatible chat, models, health and metrics.',
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: settings.apiGatewayLogRole === 'create',
      deployOptions: {
        stageName: stage,
        throttlingRateLimit: settings.throttling.ratePerSecond,
        throttlingBurstLimit: settings.throttling.burst,
        tracingEnabled: settings.tracing === 'xray',
      },
    });
    this.url = api.url;
    const streamed = new LambdaIntegration(gateway, {
      responseTransferMode: ResponseTransferMode.STREAM,
      timeout: Duration.minutes(15),
      allowTestInvoke: false,
    });
    api.root.addResource('health').addMethod('GET', new LambdaIntegration(health, { allowTestInvoke: false }));
    api.root.addResource('metrics').addMethod('GET', new LambdaIntegration(exposition, { allowTestInvoke: false }));
    api.root.addResource('v1').addResource('{proxy+}').addMethod('ANY', streamed);
    api.root.addResource('{proxy+}').addMethod('ANY', streamed);
  }
}
