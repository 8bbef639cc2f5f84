import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Api } from './api';
import { createEncryptionKey } from './encryption-key';
import { Exposition } from './exposition';
import { Gateway } from './gateway';
import { Health } from './health';
import { LogArchive } from './log-archive';
import { LogQueries } from './log-queries';
import { ManagedPrometheus } from './managed-prometheus';
import { Management } from './management';
import { Reconciling } from './reconciling';
import { RemoteWriting } from './remote-writing';
import type { Settings } from './settings';
import type { Stage } from './stages';
import { Storage } from './storage';
import { Sweeping } from './sweeping';
import { TelemetryIntake } from './telemetry-intake';
import { Tracing } from './tracing';
import { UsageAggregation } from './usage-aggregation';

export type FluxgateStackProps = StackProps & { stage: Stage; settings: Settings };

/** One stage of Fluxgate: composition only. */
export class FluxgateStack extends Stack {
  constructor(scope: Construct, id: string, { stage, settings, ...props }: FluxgateStackProps) {
    super(scope, id, props);
    // The CDK makes every function depend on its role in words too, besides the reference that cfn-lint finds enough.
    this.templateOptions.metadata = { 'cfn-lint': { config: { ignore_checks: ['W3005'] } } };
    const encryptionKey = settings.encryption === 'customer-managed' ? createEncryptionKey(this, 'Key') : undefined;
    const storage = new Storage(this, 'Storage', { settings, encryptionKey });
    const logArchive =
      settings.logArchive === 's3' ? new LogArchive(this, 'LogArchive', { settings, encryptionKey }) : undefined;
    const context = { stage, settings, storage, encryptionKey, logArchive };
    const { function: gateway } = new Gateway(this, 'Gateway', context);
    const { function: health } = new Health(this, 'Health', context);
    const { function: exposition } = new Exposition(this, 'Exposition', context);
    const { function: telemetry } = new TelemetryIntake(this, 'TelemetryIntake', context);
    const { function: management } = new Management(this, 'Management', context);
    new UsageAggregation(this, 'UsageAggregation', context);
    new Sweeping(this, 'Sweeping', context);
    new Reconciling(this, 'Reconciling', context);
    if (settings.prometheus === 'managed') {
      const prometheus = new ManagedPrometheus(this, 'Prometheus', context);
      new RemoteWriting(this, 'RemoteWriting', { context, prometheus });
      new CfnOutput(this, 'PrometheusEndpoint', { value: prometheus.endpoint });
    }
    const { url, serviceName } = new Api(this, 'Api', { context, gateway, health, exposition, telemetry });
    new LogQueries(this, 'LogQueries');
    if (settings.tracing !== 'off') new Tracing(this, 'Tracing', { settings, gateway, apiServiceName: serviceName });

    new CfnOutput(this, 'ApiUrl', { value: url });
    new CfnOutput(this, 'ManagementFunctionName', { value: management.functionName });
    new CfnOutput(this, 'NextSteps', {
      value: `npm run fluxgate -- keys create --account acme --stack ${this.stackName}`,
    });
  }
}
