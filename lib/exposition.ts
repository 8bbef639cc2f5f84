import { Construct } from 'constructs';
import type { ExpositionEnv } from '../lambdas/exposition/env';
import { commonEnvironment } from './common-environment';
import type { BuildContext } from './context';
import { NodeFunction } from './node-function';
import { allowReadOfPepper } from './pepper-grant';
import { allowOnTable } from './table-grants';

/** `GET /metrics`: the counters as Prometheus text. */
export class Exposition extends Construct {
  readonly function: NodeFunction;

  constructor(scope: Construct, id: string, context: BuildContext) {
    super(scope, id);
    const { stage, settings, storage } = context;
    this.function = new NodeFunction(this, 'Function', {
      folder: 'exposition',
      description: 'Answers GET /metrics from the counters.',
      context,
      environment: {
        ...commonEnvironment(stage, settings),
        KEYS_TABLE: storage.keys.tableName,
        COUNTERS_TABLE: storage.counters.tableName,
        LEDGER_TABLE: storage.ledger.tableName,
        PEPPER_SECRET_ARN: storage.pepper.secretArn,
        KEY_CACHE_SECONDS: String(settings.keyCacheSeconds),
      } satisfies ExpositionEnv,
    });

    allowOnTable(this.function, storage.keys, ['GetItem']);
    allowOnTable(this.function, storage.counters, ['Query']);
    allowOnTable(this.function, storage.ledger, ['Query']);
    allowReadOfPepper(this.function, storage.pepper);
  }
}
