import { Match } from 'aws-cdk-lib/assertions';
import { REFUSALS } from '../../lambdas/core/errors';
import { synthesise } from './synthesise';

const template = synthesise({ stage: 'prod', settings: { throttling: { ratePerSecond: 7, burst: 9 } } });

const methodOn = (path: string) => ({
  ResourceId: { Ref: Match.stringLikeRegexp(`^ApiRest${path}[0-9A-F]{8}$`) },
  AuthorizationType: 'NONE',
});

const invokes = (construct: string, suffix: string) =>
  Match.objectLike({
    'Fn::Join': [
      '',
      Match.arrayWith([{ 'Fn::GetAtt': [Match.stringLikeRegexp(`^${construct}Function`), 'Arn'] }, suffix]),
    ],
  });

describe('the routes', () => {
  it.each(['v1proxy', 'proxy'])('stream every method of %s from the gateway for up to 15 minutes', (path) => {
    template.hasResourceProperties('AWS::ApiGateway::Method', {
      ...methodOn(path),
      HttpMethod: 'ANY',
      Integration: {
        Type: 'AWS_PROXY',
        ResponseTransferMode: 'STREAM',
        TimeoutInMillis: 900_000,
        Uri: invokes('Gateway', '/response-streaming-invocations'),
      },
    });
  });

  it.each([
    ['GET', 'health', 'Health'],
    ['POST', 'v1telemetry', 'TelemetryIntake'],
  ])('answer %s of %s from %s, buffered', (method, path, construct) => {
    template.hasResourceProperties('AWS::ApiGateway::Method', {
      ...methodOn(path),
      HttpMethod: method,
      Integration: {
        Type: 'AWS_PROXY',
        ResponseTransferMode: Match.absent(),
        Uri: invokes(construct, '/invocations'),
      },
    });
  });

  it.each(['metrics', 'metricsstats'])('stream GET of %s, which may be larger than a buffered answer', (path) => {
    template.hasResourceProperties('AWS::ApiGateway::Method', {
      ...methodOn(path),
      HttpMethod: 'GET',
      Integration: {
        Type: 'AWS_PROXY',
        ResponseTransferMode: 'STREAM',
        TimeoutInMillis: 29_000,
        Uri: invokes('Exposition', '/response-streaming-invocations'),
      },
    });
  });

  it('are these six, and none leads to the management function', () => {
    template.resourceCountIs('AWS::ApiGateway::Method', 6);
    expect(JSON.stringify(template.findResources('AWS::ApiGateway::Method'))).not.toContain('ManagementFunction');
  });
});

describe('the stage', () => {
  it('throttles, traces and logs accesses as JSON', () => {
    template.hasResourceProperties('AWS::ApiGateway::Stage', {
      StageName: 'prod',
      TracingEnabled: true,
      MethodSettings: [Match.objectLike({ ThrottlingRateLimit: 7, ThrottlingBurstLimit: 9, ResourcePath: '/*' })],
      AccessLogSetting: {
        DestinationArn: {
          'Fn::Join': ['', Match.arrayWith([':log-group:', { Ref: Match.stringLikeRegexp('^ApiAccessLogs') }])],
        },
      },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });

  it('logs when the bytes of a stream began to flow', () => {
    const [stage] = Object.values(template.findResources('AWS::ApiGateway::Stage'));

    expect(JSON.parse(stage?.Properties.AccessLogSetting.Format)).toMatchObject({
      requestId: '$context.requestId',
      transferMode: '$context.integration.responseTransferMode',
      msToHeaders: '$context.integration.timeToAllHeaders',
      msToFirstContent: '$context.integration.timeToFirstContent',
      integrationMs: '$context.integration.latency',
    });
  });

  it('is reached in its Region, over TLS 1.2 or newer', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['REGIONAL'] },
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_2021_06',
      EndpointAccessMode: 'STRICT',
    });
  });

  it('leaves the log role of the account alone when told to', () => {
    template.resourceCountIs('AWS::ApiGateway::Account', 1);
    synthesise({ settings: { apiGatewayLogRole: 'existing' } }).resourceCountIs('AWS::ApiGateway::Account', 0);
  });
});

describe("API Gateway's own errors", () => {
  const answers = Object.values(template.findResources('AWS::ApiGateway::GatewayResponse')).map(({ Properties }) => ({
    ...Properties,
    ...JSON.parse(Properties.ResponseTemplates['application/json']),
  }));
  const answerTo = (responseType: string) => answers.find(({ ResponseType }) => ResponseType === responseType);

  it.each([
    ['MISSING_AUTHENTICATION_TOKEN', '404', 'unknown_route'],
    ['RESOURCE_NOT_FOUND', '404', 'unknown_route'],
    ['REQUEST_TOO_LARGE', '413', 'request_too_large'],
    ['UNSUPPORTED_MEDIA_TYPE', '415', 'unsupported_media_type'],
    ['THROTTLED', '429', 'edge_throttled'],
    ['QUOTA_EXCEEDED', '429', 'edge_throttled'],
    ['ACCESS_DENIED', '403', 'edge_forbidden'],
    ['WAF_FILTERED', '403', 'edge_forbidden'],
    ['INTEGRATION_TIMEOUT', '504', 'edge_timeout'],
    ['INTEGRATION_FAILURE', undefined, 'edge_failed'],
    ['DEFAULT_4XX', undefined, 'edge_refused'],
    ['DEFAULT_5XX', undefined, 'edge_failed'],
  ])('answer %s with %s (its own where undefined) and %s', (responseType, status, code) => {
    expect(answerTo(responseType)).toMatchObject({
      error: { code, param: null, message: expect.any(String), correlation_id: '$context.requestId' },
    });
    expect(answerTo(responseType).StatusCode).toBe(status);
  });

  it('have the types of OpenAI, the same as the gateway gives the same code', () => {
    const types = answers.map(({ error }) => [error.code, error.type]);

    for (const [code, type] of types) {
      expect(type).toBe(Object.entries(REFUSALS).find(([known]) => known === code)?.[1].type ?? type);
      expect(type).toMatch(/^(invalid_request|permission|rate_limit|server)_error$/);
    }
  });

  it('return every id that the API returns', () => {
    for (const { ResponseParameters } of answers) {
      expect(ResponseParameters).toMatchObject({
        'gatewayresponse.header.X-Request-ID': 'context.requestId',
        'gatewayresponse.header.X-Correlation-ID': 'context.requestId',
        'gatewayresponse.header.X-Session-ID': 'context.requestId',
        'gatewayresponse.header.X-Fluxgate-Request-ID': 'context.requestId',
      });
    }
  });

  it('say after how many seconds to come back where it is too much', () => {
    const waiting = answers.filter(
      ({ ResponseParameters }) => 'gatewayresponse.header.Retry-After' in ResponseParameters,
    );

    expect(waiting.map(({ ResponseType }) => ResponseType).sort()).toEqual(['QUOTA_EXCEEDED', 'THROTTLED']);
    expect(answerTo('THROTTLED').ResponseParameters['gatewayresponse.header.Retry-After']).toBe("'1'");
  });
});

describe('the outputs', () => {
  it('are where it answers, what manages it, where its metrics are, and what to do next', () => {
    expect(Object.keys(template.findOutputs('*')).sort()).toEqual([
      'ApiUrl',
      'ManagementFunctionName',
      'NextSteps',
      'PrometheusEndpoint',
    ]);
    template.hasOutput('NextSteps', { Value: Match.stringLikeRegexp('keys create .*Fluxgate-prod') });
  });
});
