import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, BucketEncryption, type BucketProps } from 'aws-cdk-lib/aws-s3';

/** What every bucket is: closed to the public, reached through TLS only, encrypted with the given key or with one of S3. */
export const toPrivateBucket = (encryptionKey: IKey | undefined): BucketProps => ({
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  encryption: encryptionKey ? BucketEncryption.KMS : BucketEncryption.S3_MANAGED,
  encryptionKey,
  bucketKeyEnabled: encryptionKey ? true : undefined,
  enforceSSL: true,
});
