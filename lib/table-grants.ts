import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';

export type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'Scan'
  | 'PutItem'
  | 'BatchWriteItem'
  | 'UpdateItem'
  | 'DeleteItem';

/** Allows exactly `actions` on the items of `table`, its indexes excluded. A transaction needs the actions of its parts. */
export const allowOnTable = (grantee: IGrantable, table: Table, actions: readonly TableAction[]): void =>
  allow(grantee, table.tableArn, actions);

/** Allows queries of one index of `table`. */
export const allowQueryOfIndex = (grantee: IGrantable, table: Table, indexName: string): void =>
  allow(grantee, `${table.tableArn}/index/${indexName}`, ['Query']);

/** Allows what folding records into the counters takes, by whichever function does it. */
export const allowFolding = (grantee: IGrantable, counters: Table): void =>
  allowOnTable(grantee, counters, ['BatchGetItem', 'PutItem', 'UpdateItem']);

const allow = (grantee: IGrantable, resource: string, actions: readonly TableAction[]): void => {
  grantee.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: actions.map((action) => `dynamodb:${action}`), resources: [resource] }),
  );
};
