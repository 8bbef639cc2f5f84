import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Settings } from './settings';

export type LogGroupProps = {
  retention: RetentionDays;
  settings: Settings;
  encryptionKey: IKey | undefined;
  /** @default made up by CloudFormation */
  logGroupName?: string;
};

/** A log group that says how long it keeps and whether it outlives the stack: CDK's own defaults are two years and yes. */
export const createLogGroup = (scope: Construct, id: string, props: LogGroupProps): LogGroup =>
  new LogGroup(scope, id, {
    logGroupName: props.logGroupName,
    retention: props.retention,
    encryptionKey: props.encryptionKey,
    removalPolicy: props.settings.removalPolicy === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
