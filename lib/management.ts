import { Construct } from 'constructs';
import type { ManagementEnv } from '../lambdas/management/env';
import { commonEnvironment } from './common-environment';
import type { BuildContext } from './context';
import { NodeFunction } from './node-function';
import { allowReadOfPepper } from './pepper-grant';
import { allowOnTable, allowQueryOfIndex } from './table-grants';

/** Creates and changes keys and accounts. It has no route: operators invoke it with their AWS credentials. */
export class Management extends Construct {
  readonly function: NodeFunction;

  constructor(scope: Construct, id: string, context: BuildContext) {
    super(scope, id);
    const { stage, settings, storage } = context;
    this.function = new NodeFunction(this, 'Function', {
      folder: 'management',
      description: 'Creates, lists, limits and revokes API keys; invoked by operators.',
      context,
      environment: {
        ...commonEnvironment(stage, settings),
        KEYS_TABLE: storage.keys.tableName,
        PEPPER_SECRET_ARN: storage.pepper.secretArn,
      } satisfies ManagementEnv,
    });

    allowOnTable(this.function, storage.keys, ['GetItem', 'PutItem', 'UpdateItem', 'Scan']);
    allowQueryOfIndex(this.function, storage.keys, 'byAccount');
    allowReadOfPepper(this.function, storage.pepper);
  }
}
