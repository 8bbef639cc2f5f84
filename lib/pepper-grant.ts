import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

/** Allows reading the value of the secret, and nothing about it. */
export const allowReadOfPepper = (grantee: IGrantable, pepper: ISecret): void => {
  grantee.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [pepper.secretArn] }),
  );
};
