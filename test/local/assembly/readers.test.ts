import { generateSecret } from '../../../local/assembly/generate-secret';
import { readEventSources } from '../../../local/assembly/read-event-sources';
import { readFunctions } from '../../../local/assembly/read-functions';
import { readRestApi } from '../../../local/assembly/read-rest-api';
import { readRoles } from '../../../local/assembly/read-roles';
import { readSchedules } from '../../../local/assembly/read-schedules';
import { readSecrets } from '../../../local/assembly/read-secrets';
import { resourcesOf } from './a-template';

const statement = (action: string) => ({ Effect: 'Allow', Action: action, Resource: '*' });
const policyOf = (action: string) => ({ PolicyName: action, PolicyDocument: { Statement: [statement(action)] } });

describe('the statements of a role', () => {
  it('are the inline ones, those of attached policies and those that AWS manages', () => {
    const resources = resourcesOf({
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          Policies: [policyOf('s3:GetObject')],
          ManagedPolicyArns: ['arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'],
        },
      },
      Policy: { Type: 'AWS::IAM::Policy', Properties: { ...policyOf('s3:PutObject'), Roles: [{ Ref: 'Role' }] } },
      Other: { Type: 'AWS::IAM::Policy', Properties: { ...policyOf('s3:*'), Roles: ['another role'] } },
    });

    const statements = readRoles(resources).get('arn:aws:iam::123456789012:role/Stack-Role');

    expect(statements?.flatMap(({ Action }) => Action)).toEqual([
      's3:GetObject',
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      's3:PutObject',
    ]);
  });

  it('of a managed policy that nobody has looked up are an error', () => {
    const arn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    const resources = resourcesOf({ Role: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [arn] } } });

    expect(() => readRoles(resources)).toThrow(arn);
  });
});

describe('a function', () => {
  const properties = {
    Code: { S3Bucket: 'assets', S3Key: 'abc.zip' },
    Handler: 'index.handler',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Runtime: 'nodejs24.x',
  };
  const read = (overrides: object) => {
    const resources = resourcesOf({
      Role: { Type: 'AWS::IAM::Role' },
      Function: { Type: 'AWS::Lambda::Function', Properties: { ...properties, ...overrides } },
    });
    return readFunctions(resources, { roles: readRoles(resources), assets: new Map([['abc.zip', '/asset']]) });
  };

  it("has Lambda's defaults for what the template does not say", () => {
    expect(read({})).toMatchObject([
      {
        name: 'Stack-Function',
        codeDirectory: '/asset',
        timeoutSeconds: 3,
        memoryMegabytes: 128,
        tracing: false,
        logFormat: 'Text',
        logGroup: '/aws/lambda/Stack-Function',
      },
    ]);
  });

  it.each([
    ['a property that changes how it runs', { VpcConfig: {} }, 'VpcConfig'],
    ['a runtime other than Node.js', { Runtime: 'python3.13' }, 'Runtime'],
    ['code that the assembly does not hold', { Code: { S3Bucket: 'assets', S3Key: 'other.zip' } }, 'other.zip'],
    [
      'a value that CloudFormation would look up',
      { Environment: { Variables: { A: '{{resolve:ssm:x}}' } } },
      'Variables.A',
    ],
  ])('is refused with %s', (_, overrides, named) => {
    expect(() => read(overrides)).toThrow(named);
  });
});

describe('an event source', () => {
  const read = (overrides: object) =>
    readEventSources(
      resourcesOf({
        Table: { Type: 'AWS::DynamoDB::Table' },
        Bucket: { Type: 'AWS::S3::Bucket' },
        Function: { Type: 'AWS::Lambda::Function' },
        Mapping: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: {
            FunctionName: { 'Fn::GetAtt': ['Function', 'Arn'] },
            EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
            StartingPosition: 'TRIM_HORIZON',
            ...overrides,
          },
        },
      }),
    );

  it("has Lambda's defaults for what the template does not say", () => {
    expect(read({})).toEqual([
      {
        id: 'Mapping',
        functionName: 'Stack-Function',
        streamArn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/Stack-Table/stream/local',
        startingPosition: 'TRIM_HORIZON',
        batchSize: 100,
        batchingWindowSeconds: 0,
        retryAttempts: -1,
        recordAgeSeconds: -1,
        bisects: false,
        reportsItemFailures: false,
        filters: [],
        failureBucket: undefined,
      },
    ]);
  });

  it('has the filters and the failure bucket of the template', () => {
    const destination = { OnFailure: { Destination: { 'Fn::GetAtt': ['Bucket', 'Arn'] } } };
    const filters = { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] };

    expect(read({ DestinationConfig: destination, FilterCriteria: filters })).toMatchObject([
      { filters: [{ eventName: ['INSERT'] }], failureBucket: 'stack-bucket' },
    ]);
  });

  it.each([
    ['windows that tumble', { TumblingWindowInSeconds: 60 }, 'TumblingWindowInSeconds'],
    ['batches side by side', { ParallelizationFactor: 2 }, 'ParallelizationFactor'],
    ['a filter that is not evaluated', { FilterCriteria: { Filters: [{ Pattern: '{"a":[{"cidr":"x"}]}' }] } }, 'cidr'],
    ['a queue for failures', { DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:x:y:z' } } }, 'arn:aws:sqs'],
  ])('is refused with %s', (_, overrides, named) => {
    expect(() => read(overrides)).toThrow(named);
  });
});

describe('a schedule', () => {
  const read = (overrides: object) =>
    readSchedules(
      resourcesOf({
        Function: { Type: 'AWS::Lambda::Function' },
        Rule: {
          Type: 'AWS::Events::Rule',
          Properties: {
            ScheduleExpression: 'rate(5 minutes)',
            Targets: [{ Arn: { 'Fn::GetAtt': ['Function', 'Arn'] }, Id: 'Target0' }],
            ...overrides,
          },
        },
      }),
    );

  it('names its function and how often it runs', () => {
    expect(read({})).toMatchObject([
      { functionName: 'Stack-Function', expression: { kind: 'rate', everyMs: 300_000 } },
    ]);
  });

  it('does not run when its rule is disabled', () => {
    expect(read({ State: 'DISABLED' })).toEqual([]);
  });

  it('is refused when the rule waits for events instead', () => {
    expect(() => read({ ScheduleExpression: undefined, EventPattern: {} })).toThrow('EventPattern');
  });
});

describe('a secret', () => {
  const read = (properties: object) =>
    readSecrets(resourcesOf({ Secret: { Type: 'AWS::SecretsManager::Secret', Properties: properties } }));

  it('is generated into its template, by its rules', () => {
    const [secret] = read({
      GenerateSecretString: {
        SecretStringTemplate: '{"current":"1"}',
        GenerateStringKey: '1',
        PasswordLength: 64,
        ExcludePunctuation: true,
      },
    });
    if (secret === undefined) throw new Error('There is no secret.');

    const [first, second] = [generateSecret(secret), generateSecret(secret)];

    expect(secret.name).toBe('Stack-Secret');
    expect(JSON.parse(first)).toEqual({ current: '1', '1': expect.stringMatching(/^[A-Za-z0-9]{64}$/) });
    expect(second).not.toBe(first);
  });

  it('has each kind of character that is not excluded', () => {
    const [secret] = read({ GenerateSecretString: { PasswordLength: 4, ExcludeCharacters: '"\\' } });
    if (secret === undefined) throw new Error('There is no secret.');

    const value = generateSecret(secret);

    expect(value).toHaveLength(4);
    for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9"\\]/]) expect(value).toMatch(kind);
  });

  it('without a value is refused', () => {
    expect(() => read({})).toThrow('Secret has no value');
  });
});

describe('the REST API', () => {
  const uri = (kind: string) => ({
    'Fn::Join': [
      '',
      ['arn:aws:apigateway:eu-west-1:lambda:path/x/functions/', { 'Fn::GetAtt': ['Function', 'Arn'] }, `/${kind}`],
    ],
  });
  const integration = { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri('invocations') };
  const method = (overrides: object) => ({
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResourceId: { Ref: 'Greedy' },
      HttpMethod: 'ANY',
      AuthorizationType: 'NONE',
      Integration: integration,
      ...overrides,
    },
  });
  const read = (overrides: object, stage: object = {}) =>
    readRestApi(
      resourcesOf({
        Function: { Type: 'AWS::Lambda::Function' },
        Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'Rest' } },
        Version: {
          Type: 'AWS::ApiGateway::Resource',
          Properties: {
            ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
            PathPart: 'v1',
            RestApiId: { Ref: 'Api' },
          },
        },
        Greedy: {
          Type: 'AWS::ApiGateway::Resource',
          Properties: { ParentId: { Ref: 'Version' }, PathPart: '{proxy+}', RestApiId: { Ref: 'Api' } },
        },
        Method: method(overrides),
        Refusal: {
          Type: 'AWS::ApiGateway::GatewayResponse',
          Properties: {
            RestApiId: { Ref: 'Api' },
            ResponseType: 'THROTTLED',
            StatusCode: '429',
            ResponseParameters: { 'gatewayresponse.header.X-Id': 'context.requestId' },
            ResponseTemplates: { 'application/json': '{}' },
          },
        },
        Stage: {
          Type: 'AWS::ApiGateway::Stage',
          Properties: { RestApiId: { Ref: 'Api' }, DeploymentId: 'd', StageName: 'dev', ...stage },
        },
      }),
    );

  it('is a tree of resources with methods, and its own answers', () => {
    const api = read(
      {},
      { MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 5, ThrottlingBurstLimit: 9 }] },
    );

    expect(api.routes).toMatchObject([
      { path: '/', methods: {} },
      { path: '/v1', methods: {} },
      {
        path: '/v1/{proxy+}',
        methods: { ANY: { functionName: 'Stack-Function', streamed: false, timeoutMs: 29_000 } },
      },
    ]);
    expect(api.stage.throttle).toEqual({ ratePerSecond: 5, burst: 9 });
    expect(api.gatewayResponses).toEqual({
      THROTTLED: { status: 429, headers: [{ name: 'X-Id', source: { variable: 'requestId' } }], template: '{}' },
    });
  });

  it('streams what the template streams', () => {
    const streaming = {
      ...integration,
      ResponseTransferMode: 'STREAM',
      TimeoutInMillis: 900_000,
      Uri: uri('response-streaming-invocations'),
    };

    expect(read({ Integration: streaming }).routes.at(-1)?.methods.ANY).toEqual({
      functionName: 'Stack-Function',
      streamed: true,
      timeoutMs: 900_000,
    });
  });

  it.each([
    [
      'a URI that does not go with the transfer mode',
      { Integration: { ...integration, ResponseTransferMode: 'STREAM' } },
    ],
    ['an authorizer', { AuthorizationType: 'CUSTOM' }],
    ['an integration without a function', { Integration: { ...integration, Type: 'MOCK' } }],
    ['parameters that are mapped', { RequestParameters: {} }],
  ])('is refused with %s', (_, overrides) => {
    expect(() => read(overrides)).toThrow();
  });
});
