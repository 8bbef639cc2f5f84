import { Construct } from 'constructs';
import type { ExpositionEnv } from '../lambdas/exposition/env';
import { commonEnvironment } from './common-environment';
import type { BuildContext } from './context';
import { NodeFunction } from './node-function';
import { allowReadOfPepper } from './pepper-grant';
import { allowOnTable } from './table-grants';

/** `GET /metrics` and `GET /metrics/stats`: the counters as Prometheus text, and what was used as JSON. */
export class Exposition extends Construct {
  readonly function: NodeFunction;

  constructor(scope: Construct, id: string, context: BuildContext) {
    super(scope, id);
    const { stage, settings, storage } = context;
    this.function = new NodeFunction(this, 'Function', {
      folder: 'exposition',
      description: 'Answers GET /metrics and GET /metrics/stats from the counters.',
      logClass: 'debug',
      // From here on a function has a whole CPU: reading ten thousand series takes it half as long for the same price.
      memorySize: 1_769,
      context,
      environment: {
        ...commonEnvironment(stage, settings),
        KEYS_TABLE: storage.keys.tableName,
        LIMITS_TABLE: storage.limits.tableName,
        COUNTERS_TABLE: storage.counters.tableName,
        LEDGER_TABLE: storage.ledger.tableName,
        PEPPER_SECRET_ARN: storage.pepper.secretArn,
        KEY_CACHE_SECONDS: String(settings.keyCacheSeconds),
        METRICS_CACHE_SECONDS: String(settings.metricsCacheSeconds),
      } satisfies ExpositionEnv,
    });

    allowOnTable(this.function, storage.keys, ['GetItem']);
    allowOnTable(this.function, storage.limits, ['GetItem']);
    allowOnTable(this.function, storage.counters, ['Query']);
    allowOnTable(this.function, storage.ledger, ['Query']);
    allowReadOfPepper(this.function, storage.pepper);
  }
}
