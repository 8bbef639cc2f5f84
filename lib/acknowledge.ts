import { type CfnElement, Stack, Validations } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

/** Says beside a construct why some rules of the AwsSolutions pack do not apply to it and what it is made of. */
export const acknowledge = (construct: IConstruct, reasons: Readonly<Record<string, string>>): void => {
  for (const [rule, reason] of Object.entries(reasons)) {
    Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
  }
};

/** The rule that a permission on every object of `bucket` meets. */
export const everyObjectOf = (bucket: IBucket): string => {
  const resource = bucket.node.defaultChild;
  if (!(resource instanceof CfnBucket)) throw new Error('The bucket is not of this stack.');
  return `IAM5[Resource::<${logicalIdOf(resource)}.Arn>/*]`;
};

const logicalIdOf = (element: CfnElement): string => Stack.of(element).resolve(element.logicalId);
