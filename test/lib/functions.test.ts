import { Match } from 'aws-cdk-lib/assertions';
import { synthesise } from './synthesise';

const FUNCTIONS = [
  'Gateway',
  'Health',
  'Exposition',
  'TelemetryIntake',
  'Management',
  'UsageAggregation',
  'Sweeping',
  'Reconciling',
  'RemoteWriting',
];

describe('the functions', () => {
  const template = synthesise({ stage: 'prod', settings: { logRetentionDays: 14, reservedConcurrency: 50 } });
  const functions = template.findResources('AWS::Lambda::Function');
  const propertiesOf = (construct: string) =>
    Object.entries(functions).find(([id]) => id.startsWith(`${construct}Function`))?.[1].Properties;

  it('are nine', () => {
    expect(
      Object.keys(functions)
        .map((id) => id.replace(/Function[0-9A-F]{8}$/, ''))
        .sort(),
    ).toEqual([...FUNCTIONS].sort());
  });

  it.each(FUNCTIONS)(
    'run %s on Node.js 24 and arm64, with JSON logs, traces and the variables all share',
    (construct) => {
      expect(propertiesOf(construct)).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'DEBUG' },
        Environment: {
          Variables: {
            STAGE: 'prod',
            POWERTOOLS_SERVICE_NAME: 'fluxgate',
            POWERTOOLS_METRICS_NAMESPACE: 'Fluxgate',
            POWERTOOLS_LOG_LEVEL: 'INFO',
            LOG_REQUESTS: 'true',
            SERVICE_VERSION: expect.stringMatching(/^\d+\.\d+\.\d+/),
            TRACING: 'xray',
            TRACE_SLOW_SECONDS: '30',
          },
        },
      });
    },
  );

  it.each(FUNCTIONS)(
    'write the log of %s into a group of its own that keeps as long as the settings say',
    (construct) => {
      const logGroupId = propertiesOf(construct).LoggingConfig.LogGroup.Ref;

      expect(logGroupId).toMatch(new RegExp(`^${construct}FunctionLogs`));
      expect(template.findResources('AWS::Logs::LogGroup')[logGroupId]).toMatchObject({
        DeletionPolicy: 'Retain',
        Properties: { RetentionInDays: 14 },
      });
    },
  );

  it('reserve one execution for the sweeper and the remote writer, and for the gateway what the settings say', () => {
    const reserved = FUNCTIONS.map((construct) => [construct, propertiesOf(construct).ReservedConcurrentExecutions]);

    expect(reserved.filter(([, executions]) => executions !== undefined)).toEqual([
      ['Gateway', 50],
      ['Sweeping', 1],
      ['RemoteWriting', 1],
    ]);
  });

  it('reserve nothing when the account is too small for it', () => {
    const shared = synthesise({ settings: { sweeperConcurrency: 'shared', remoteWriterConcurrency: 'shared' } });

    shared.resourcePropertiesCountIs('AWS::Lambda::Function', { ReservedConcurrentExecutions: Match.anyValue() }, 0);
  });

  it('give the gateway the time of the longest stream, and its settings as variables', () => {
    const settings = { minOutputTokens: 7, cacheTtlSeconds: 99, keyCacheSeconds: 3, gatewayMemoryMb: 2_048 };

    synthesise({ settings }).hasResourceProperties('AWS::Lambda::Function', {
      Timeout: 900,
      MemorySize: 2_048,
      Environment: { Variables: { MIN_OUTPUT_TOKENS: '7', CACHE_TTL_SECONDS: '99', KEY_CACHE_SECONDS: '3' } },
    });
  });
});

describe('what runs off the request path', () => {
  const template = synthesise();

  it('is fed only the terminal records of the ledger, a bounded number of times, and keeps failures whole', () => {
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 1);
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^StorageLedger'), 'StreamArn'] },
      FunctionName: { Ref: Match.stringLikeRegexp('^UsageAggregationFunction') },
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 5,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      MaximumRecordAgeInSeconds: 43_200,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: {
        OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('^StorageFailures'), 'Arn'] } },
      },
      FilterCriteria: {
        Filters: [
          {
            Pattern: JSON.stringify({
              eventName: ['INSERT'],
              dynamodb: { Keys: { sk: { S: ['record', 'correction'] } } },
            }),
          },
        ],
      },
    });
  });

  it.each([
    ['Sweeping', 'rate(1 minute)', 60],
    ['Reconciling', 'rate(5 minutes)', 300],
  ])('runs %s at a %s, and does not make up for a run that failed', (construct, rate, seconds) => {
    const target = Match.stringLikeRegexp(`^${construct}Function`);

    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: rate,
      State: 'ENABLED',
      Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [target, 'Arn'] } })],
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: target },
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: seconds,
    });
  });
});
