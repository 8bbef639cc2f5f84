import { FieldIndexPolicy } from 'aws-cdk-lib/aws-logs';

/** The one policy that a log group may have; CloudWatch takes at most 20 fields and charges nothing for them. */
export const createLogIndexes = (fields: readonly string[]): FieldIndexPolicy[] => [
  new FieldIndexPolicy({ fields: [...fields] }),
];
