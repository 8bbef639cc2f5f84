import * as v from 'valibot';
import type { Bucket } from '../aws/s3/create-s3';
import type { Resources } from './resources';

const bucket = v.object({
  NotificationConfiguration: v.optional(v.undefined('the local machine sends no bucket notifications')),
});

export const readBuckets = (resources: Resources): readonly Bucket[] =>
  resources.ofType('AWS::S3::Bucket', bucket).map(({ logicalId }) => ({
    name: resources.ref(logicalId),
    arn: resources.attribute(logicalId, 'Arn'),
  }));
