import type { PolicyStatement } from '../aws/iam/policy-statement';

const allow = (...actions: string[]): PolicyStatement => ({ Effect: 'Allow', Action: actions, Resource: '*' });

/** The policies managed by AWS that a role of the stack may name, by the end of their ARN. */
const MANAGED: Readonly<Record<string, readonly PolicyStatement[]>> = {
  'service-role/AWSLambdaBasicExecutionRole': [
    allow('logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'),
  ],
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs': [
    allow('logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'),
  ],
  AWSXRayDaemonWriteAccess: [allow('xray:PutTraceSegments', 'xray:PutTelemetryRecords')],
};

/** What a managed policy allows; throws for one that is not in the table. */
export const toManagedStatements = (arn: string): readonly PolicyStatement[] => {
  const name = arn.slice(arn.indexOf(':policy/') + ':policy/'.length);
  const statements = MANAGED[name];
  if (statements === undefined)
    throw new Error(`The local machine does not know what the managed policy ${arn} allows.`);
  return statements;
};
