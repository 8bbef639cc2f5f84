import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  type FunctionProps,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { bundle } from './bundle';
import type { BuildContext } from './context';
import type { LogClass } from './log-classes';
import { createLogGroup } from './log-group';

export type NodeFunctionProps = Pick<
  FunctionProps,
  'memorySize' | 'timeout' | 'reservedConcurrentExecutions' | 'retryAttempts' | 'maxEventAge'
> & {
  /** The folder under lambdas/ whose handler.ts is deployed. */
  folder: string;
  description: string;
  environment: Record<string, string>;
  context: BuildContext;
  /** @default 'application' */
  logClass?: LogClass;
};

/** A function of the stack: one bundle, one log group, and a role that may write to that group and nothing else. */
export class NodeFunction extends LambdaFunction {
  /** Where its handler.ts is, under lambdas/. */
  readonly folder: string;

  constructor(
    scope: Construct,
    id: string,
    { folder, context, logClass = 'application', ...props }: NodeFunctionProps,
  ) {
    const { settings } = context;
    const logGroup = createLogGroup(scope, `${id}Logs`, { class: logClass, context });
    super(scope, id, {
      memorySize: 512,
      timeout: Duration.seconds(30),
      ...props,
      code: bundle(folder),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      tracing: settings.tracing === 'off' ? Tracing.DISABLED : Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      // The logger decides what is written, also when one request raises its level: the platform lets all of it through.
      applicationLogLevelV2: ApplicationLogLevel.DEBUG,
      logGroup,
      role: new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }),
    });
    this.folder = folder;
    this.addToRolePolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    acknowledge(scope, {
      'IAM5[Resource::*]':
        'The trace actions xray:Put*, and dynamodb:ListStreams where there is a stream, take no resource.',
    });
  }
}
