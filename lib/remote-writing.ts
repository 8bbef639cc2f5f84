import { Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { RemoteWriterEnv } from '../lambdas/remote-writer/env';
import { commonEnvironment } from './common-environment';
import type { BuildContext } from './context';
import type { ManagedPrometheus } from './managed-prometheus';
import { NodeFunction } from './node-function';
import { onlyOnce, runEveryMinutes } from './schedule';
import { allowOnTable } from './table-grants';

const EVERY_MINUTES = 1;

export type RemoteWritingProps = { context: BuildContext; prometheus: ManagedPrometheus };

/** Writes the counters to Managed Prometheus: once a minute, or four times in each run. */
export class RemoteWriting extends Construct {
  constructor(scope: Construct, id: string, { context, prometheus }: RemoteWritingProps) {
    super(scope, id);
    const { stage, settings, storage } = context;
    const writer = new NodeFunction(this, 'Function', {
      folder: 'remote-writer',
      description: 'Writes the counters to Managed Prometheus.',
      logClass: 'debug',
      timeout: Duration.seconds(59),
      reservedConcurrentExecutions: settings.remoteWriterConcurrency === 'reserved' ? 1 : undefined,
      ...onlyOnce(EVERY_MINUTES),
      context,
      environment: {
        ...commonEnvironment(stage, settings),
        COUNTERS_TABLE: storage.counters.tableName,
        LEDGER_TABLE: storage.ledger.tableName,
        REMOTE_WRITE_URL: `${prometheus.endpoint}api/v1/remote_write`,
        REMOTE_WRITE_REGION: Stack.of(this).region,
        INTERVAL_SECONDS: String(settings.remoteWrite.intervalSeconds),
        ALIASES: settings.remoteWrite.aliases ? 'on' : 'off',
      } satisfies RemoteWriterEnv,
    });

    allowOnTable(writer, storage.counters, ['Query', 'UpdateItem']);
    allowOnTable(writer, storage.ledger, ['Query']);
    prometheus.allowRemoteWrite(writer);
    runEveryMinutes(this, EVERY_MINUTES, writer);
  }
}
