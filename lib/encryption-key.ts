import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

const ENCRYPT_AND_DECRYPT = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
const SERVICES = ['dynamodb', 's3', 'secretsmanager', 'aps'];

/**
 * One customer-managed key for everything that is stored. Its policy opens it the way AWS opens its own keys: to
 * principals of this account, through the storing services only. So roles need no
 * statement about the key, but for the one of the stream's reader that CDK adds.
 */
export const createEncryptionKey = (scope: Construct, id: string): Key => {
  const { region, account, partition } = Stack.of(scope);
  const key = new Key(scope, id, {
    description: 'Encrypts what Fluxgate stores.',
    enableKeyRotation: true,
    // Data whose key is gone is gone, so the key outlives the stack in every stage.
    removalPolicy: RemovalPolicy.RETAIN,
  });
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new AnyPrincipal()],
      actions: [...ENCRYPT_AND_DECRYPT, 'kms:CreateGrant'],
      resources: ['*'],
      conditions: {
        StringEquals: {
          'kms:CallerAccount': account,
          'kms:ViaService': SERVICES.map((service) => `${service}.${region}.amazonaws.com`),
        },
      },
    }),
  );
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('logs.amazonaws.com')],
      actions: ENCRYPT_AND_DECRYPT,
      resources: ['*'],
      conditions: {
        ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` },
      },
    }),
  );
  return key;
};
