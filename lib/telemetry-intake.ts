import { Construct } from 'constructs';
import type { TelemetryEnv } from '../lambdas/telemetry/env';
import { commonEnvironment } from './common-environment';
import type { BuildContext } from './context';
import { NodeFunction } from './node-function';
import { allowReadOfPepper } from './pepper-grant';
import { allowOnTable } from './table-grants';

/** `POST /v1/telemetry`: what services around the gateway report, as records of the ledger. */
export class TelemetryIntake extends Construct {
  readonly function: NodeFunction;

  constructor(scope: Construct, id: string, context: BuildContext) {
    super(scope, id);
    const { stage, settings, storage } = context;
    this.function = new NodeFunction(this, 'Function', {
      folder: 'telemetry',
      description: 'Answers POST /v1/telemetry: writes what services report to the ledger.',
      context,
      environment: {
        ...commonEnvironment(stage, settings),
        KEYS_TABLE: storage.keys.tableName,
        LEDGER_TABLE: storage.ledger.tableName,
        PEPPER_SECRET_ARN: storage.pepper.secretArn,
        KEY_CACHE_SECONDS: String(settings.keyCacheSeconds),
        LEDGER_RETENTION_DAYS: String(settings.ledgerRetentionDays),
        TELEMETRY_NAMES: JSON.stringify(settings.telemetryNames),
      } satisfies TelemetryEnv,
    });

    allowOnTable(this.function, storage.keys, ['GetItem']);
    allowOnTable(this.function, storage.ledger, ['PutItem']);
    allowReadOfPepper(this.function, storage.pepper);
  }
}
