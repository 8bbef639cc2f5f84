import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { HealthEnv } from '../lambdas/health/env';
import { commonEnvironment } from './common-environment';
import type { BuildContext } from './context';
import { NodeFunction } from './node-function';

/** `GET /health`, without a key and without any permission. */
export class Health extends Construct {
  readonly function: NodeFunction;

  constructor(scope: Construct, id: string, context: BuildContext) {
    super(scope, id);
    const { stage, settings } = context;
    this.function = new NodeFunction(this, 'Function', {
      folder: 'health',
      description: 'Answers GET /health.',
      logClass: 'debug',
      memorySize: 256,
      timeout: Duration.seconds(5),
      context,
      environment: { ...commonEnvironment(stage, settings) } satisfies HealthEnv,
    });
  }
}
