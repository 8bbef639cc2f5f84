import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Api } from './api';
import { Exposition } from './exposition';
import { Gateway } from './gateway';
import { Health } from './health';
import { Management } from './management';
import { Reconciling } from './reconciling';
import type { Settings } from './settings';
import type { Stage } from './stages';
import { Storage } from './storage';
import { Sweeping } from './sweeping';
import { UsageAggregation } from './usage-aggregation';

export type FluxgateStackProps = StackProps & { stage: Stage; settings: Settings };

/** One stage of Fluxgate. */
export class FluxgateStack extends Stack {
  constructor(scope: Construct, id: string, { stage, settings, ...props }: FluxgateStackProps) {
    super(scope, id, props);
    const storage = new Storage(this, 'Storage', { settings });
    const context = { stage, settings, storage };
    const { function: gateway } = new Gateway(this, 'Gateway', context);
    const { function: health } = new Health(this, 'Health', context);
    const { function: exposition } = new Exposition(this, 'Exposition', context);
    const management = new Management(this, 'Management', context);
    new UsageAggregation(this, 'UsageAggregation', context);
    new Sweeping(this, 'Sweeping', context);
    new Reconciling(this, 'Reconciling', context);
    const api = new Api(this, 'Api', { stage, settings, gateway, health, exposition });

    new CfnOutput(this, 'ApiUrl', { value: api.url });
    new CfnOutput(this, 'ManagementFunctionName', { value: management.function.functionName });
  }
}
