import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  type FunctionProps,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { bundle } from './bundle';
import type { Settings } from './settings';

export type NodeFunctionProps = Pick<
  FunctionProps,
  'description' | 'memorySize' | 'timeout' | 'reservedConcurrentExecutions'
> & {
  /** The folder under lambdas/ whose handler.ts is deployed. */
  folder: string;
  environment: Record<string, string>;
  settings: Settings;
};

/** A function of the stack: one bundle, one log group, one role that may write to it and nothing else. */
export class NodeFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, { folder, settings, ...props }: NodeFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: settings.logRetentionDays,
      removalPolicy: settings.removalPolicy === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    super(scope, id, {
      memorySize: 512,
      timeout: Duration.seconds(30),
      ...props,
      code: bundle(folder),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      tracing: settings.tracing === 'xray' ? Tracing.ACTIVE : Tracing.DISABLED,
      loggingFormat: LoggingFormat.JSON,
      // The logger decides what is written, also when one request raises its level; the platform lets all of it through.
      applicationLogLevelV2: ApplicationLogLevel.DEBUG,
      logGroup,
      role: new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }),
    });
    this.addToRolePolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
  }
}
