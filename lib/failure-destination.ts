import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IEventSourceDlq } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';

/**
 * Keeps what a mapping gives up on, whole, in `bucket`. CDK's own S3 destination lets the function read and delete every
 * object as well; Lambda's poller needs to put and to list.
 */
export const createFailureDestination = (bucket: IBucket): IEventSourceDlq => ({
  bind(_mapping, target) {
    target.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }));
    target.addToRolePolicy(new PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects('*')] }));
    return { destination: bucket.bucketArn };
  },
});
