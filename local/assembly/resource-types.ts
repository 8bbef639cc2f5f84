/** The resource types that the local machine runs. */
export const RUN_TYPES = [
  'AWS::APS::RuleGroupsNamespace',
  'AWS::APS::Workspace',
  'AWS::ApiGateway::GatewayResponse',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
] as const;

/** The resource types that it leaves out, each with the reason why nothing is lost by that. */
export const IGNORED_TYPES: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Account': 'It lets API Gateway write to CloudWatch; here the access log is a file.',
  'AWS::ApiGateway::Deployment': 'A snapshot of the API, which is read directly.',
  'AWS::CDK::Metadata': 'It does nothing.',
  'AWS::CloudWatch::Alarm': 'Alarms are evaluated by CloudWatch.',
  'AWS::CloudWatch::CompositeAlarm': 'Alarms are evaluated by CloudWatch.',
  'AWS::CloudWatch::Dashboard': 'Dashboards are drawn by CloudWatch.',
  'AWS::KMS::Alias': 'Nothing is encrypted here.',
  'AWS::KMS::Key': 'Nothing is encrypted here.',
  'AWS::Lambda::EventInvokeConfig': 'A scheduled run that fails is not repeated here; the next one comes anyway.',
  'AWS::Lambda::Permission': 'Routes and schedules invoke what the template points them at.',
  'AWS::Logs::LogGroup': 'Logs are files, kept until the next start.',
  'AWS::Logs::QueryDefinition': 'Queries are saved in CloudWatch Logs.',
  'AWS::XRay::Group': 'Searches are saved in X-Ray.',
  'AWS::XRay::SamplingRule': 'X-Ray decides; here every request is sampled.',
  'AWS::S3::BucketPolicy': 'It refuses requests without TLS; everything here stays on this computer.',
};
