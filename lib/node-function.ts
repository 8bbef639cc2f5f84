import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ApplicationLogLevel, Architecture, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, type NodejsFunctionProps, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Settings } from './settings';

const root = join(__dirname, '..');

export type NodeFunctionProps = Pick<
  NodejsFunctionProps,
  'description' | 'memorySize' | 'timeout' | 'reservedConcurrentExecutions'
> & {
  /** The folder under lambdas/ whose handler.ts is deployed. */
  folder: string;
  environment: Record<string, string>;
  settings: Settings;
};

/** A function of the stack: one bundle, one log group, one role that may write to it and nothing else. */
export class NodeFunction extends NodejsFunction {
  constructor(scope: Construct, id: string, { folder, settings, ...props }: NodeFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: settings.logRetentionDays,
      removalPolicy: settings.removalPolicy === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    super(scope, id, {
      memorySize: 512,
      timeout: Duration.seconds(30),
      ...props,
      entry: join(root, 'lambdas', folder, 'handler.ts'),
      projectRoot: root,
      depsLockFilePath: join(root, 'package-lock.json'),
      handler: 'handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      tracing: settings.tracing === 'xray' ? Tracing.ACTIVE : Tracing.DISABLED,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.DEBUG,
      logGroup,
      role: new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }),
      awsSdkConnectionReuse: false,
      bundling: {
        format: OutputFormat.CJS,
        minify: true,
        target: 'node20',
        bundleAwsSDK: true,
        mainFields: ['module', 'main'],
      },
    });
    this.addToRolePolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
  }
}
