import type { PolicyStatement } from './iam/policy-statement';

/**
 * Who calls AWS: a function under the statements of its role, or an operator who may do everything.
 * `accessKeyId` must be alphanumeric (DynamoDB Local refuses `-` and `_`) and is what tells callers apart;
 * signatures are not verified, so `secretAccessKey` may be anything that the SDK signs with.
 */
export type Principal = {
  readonly name: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly statements: readonly PolicyStatement[] | 'allow-all';
};
