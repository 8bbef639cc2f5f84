import { Match, type Template } from 'aws-cdk-lib/assertions';
import { adotLayerArn } from '../../lib/adot-layer';
import { synthesise } from './synthesise';

const gatewayOf = (template: Template) =>
  Object.entries(template.findResources('AWS::Lambda::Function')).find(([id]) => id.startsWith('GatewayFunction'))?.[1]
    .Properties;

const searchesOf = (template: Template): Record<string, string> =>
  Object.fromEntries(
    Object.values(template.findResources('AWS::XRay::Group')).map(({ Properties }) => [
      Properties.GroupName,
      Properties.FilterExpression['Fn::Join'][1]
        .map((part: unknown) => (typeof part === 'string' ? part : '<gateway>'))
        .join(''),
    ]),
  );

describe('tracing with X-Ray, the default', () => {
  const template = synthesise({
    settings: { traceSampling: { perSecond: 3, share: 0.2 }, traceGroupModels: ['claude-opus-4-5'] },
  });

  it('decides at the API what is sampled, as the settings say', () => {
    template.hasResourceProperties('AWS::XRay::SamplingRule', {
      SamplingRule: {
        RuleName: 'Fluxgate-dev',
        ReservoirSize: 3,
        FixedRate: 0.2,
        ServiceType: 'AWS::ApiGateway::Stage',
        ServiceName: { 'Fn::Join': ['', ['Rest/', { Ref: Match.stringLikeRegexp('^ApiRest.*Stage') }]] },
      },
    });
    template.hasResourceProperties('AWS::ApiGateway::Stage', { TracingEnabled: true });
  });

  it('saves the searches by service, operation, duration, failure and model', () => {
    expect(searchesOf(template)).toEqual({
      'Fluxgate-dev-all': 'service("<gateway>")',
      'Fluxgate-dev-chat': 'service("<gateway>") AND annotation.operation = "chat"',
      'Fluxgate-dev-slow': 'service("<gateway>") AND responsetime > 2',
      'Fluxgate-dev-failed': 'service("<gateway>") AND (error = true OR fault = true)',
      'Fluxgate-dev-claude-opus-4-5': 'service("<gateway>") AND annotation.model_id = "claude-opus-4-5"',
    });
  });

  it('puts no layer below the functions', () => {
    template.resourcePropertiesCountIs('AWS::Lambda::Function', { Layers: Match.anyValue() }, 0);
  });
});

describe('tracing with OpenTelemetry', () => {
  const template = synthesise({ region: 'eu-central-1', settings: { tracing: 'adot', traceSlowSeconds: 7 } });

  it('puts the layer of the Region below the gateway, and below nothing else', () => {
    template.resourcePropertiesCountIs('AWS::Lambda::Function', { Layers: Match.anyValue() }, 1);
    expect(gatewayOf(template)?.Layers).toEqual([
      'arn:aws:lambda:eu-central-1:615299751070:layer:AWSOpenTelemetryDistroJs:13',
    ]);
  });

  it('tells the layer whose spans they are, and leaves the choice of them to the gateway', () => {
    expect(gatewayOf(template)?.TracingConfig).toEqual({ Mode: 'Active' });
    expect(gatewayOf(template)?.Environment.Variables).toMatchObject({
      TRACING: 'adot',
      TRACE_SLOW_SECONDS: '7',
      AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-instrument',
      OTEL_SERVICE_NAME: 'fluxgate',
      OTEL_RESOURCE_ATTRIBUTES: expect.stringMatching(/^deployment\.environment\.name=dev,.*service\.version=\d/),
      OTEL_TRACES_SAMPLER: 'parentbased_always_on',
    });
  });

  it('takes the layer that the settings name', () => {
    const arn = 'arn:aws:lambda:eu-central-1:123456789012:layer:Mine:4';
    const named = synthesise({ region: 'eu-central-1', settings: { tracing: 'adot', adotLayerArn: arn } });

    expect(gatewayOf(named)?.Layers).toEqual([arn]);
  });

  it('asks for a layer where none is known', () => {
    const settings = { tracing: 'adot', bedrockRegion: 'us-gov-west-1' };

    expect(() => synthesise({ region: 'us-gov-west-1', settings })).toThrow(/setting adotLayerArn/);
    expect(adotLayerArn('us-gov-west-1')).toBeUndefined();
  });
});

describe('without tracing', () => {
  const template = synthesise({ settings: { tracing: 'off' } });

  it('nothing of it is deployed, and no function may write to X-Ray', () => {
    template.resourceCountIs('AWS::XRay::Group', 0);
    template.resourceCountIs('AWS::XRay::SamplingRule', 0);
    template.resourcePropertiesCountIs('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } }, 0);
    expect(JSON.stringify(template.toJSON())).not.toContain('xray:');
    template.hasResourceProperties('AWS::ApiGateway::Stage', { TracingEnabled: false });
  });
});
