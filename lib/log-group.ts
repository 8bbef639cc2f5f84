import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { BuildContext } from './context';
import { LOG_CLASSES, type LogClass } from './log-classes';
import { createLogIndexes } from './log-indexes';
import { createLogProtection } from './log-protection';

export type LogGroupProps = {
  class: LogClass;
  context: Pick<BuildContext, 'settings' | 'encryptionKey' | 'logArchive'>;
  /** @default made up by CloudFormation */
  logGroupName?: string;
};

/**
 * A log group that says how long it keeps and whether it outlives the stack (CDK's own defaults are two years and yes),
 * by which fields it is found quickly, and what is masked in it. Its lines are archived if its class is.
 */
export const createLogGroup = (scope: Construct, id: string, props: LogGroupProps): LogGroup => {
  const { settings, encryptionKey, logArchive } = props.context;
  const { retention, indexes, isArchived } = LOG_CLASSES[props.class];
  const logGroup = new LogGroup(scope, id, {
    logGroupName: props.logGroupName,
    retention: settings[retention],
    encryptionKey,
    fieldIndexPolicies: createLogIndexes(indexes),
    dataProtectionPolicy: createLogProtection(),
    removalPolicy: settings.removalPolicy === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  if (isArchived) logArchive?.add(logGroup);
  return logGroup;
};
