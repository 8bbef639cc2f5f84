import { App } from 'aws-cdk-lib';
import { context } from '../cdk.json';
import { FluxgateStack } from '../lib/fluxgate-stack';
import { readSettings } from '../lib/settings';
import { STAGES, type Stage } from '../lib/stages';

const isStage = (name: unknown): name is Stage => typeof name === 'string' && Object.hasOwn(STAGES, name);

const app = new App({ context, outdir: process.env.CDK_OUTDIR ?? 'cdk.out' });
const stage: unknown = app.node.tryGetContext('stage') ?? 'dev';
if (!isStage(stage)) throw new Error(`There is no stage ${stage}; there are ${Object.keys(STAGES).join(', ')}.`);

new FluxgateStack(app, `Fluxgate-${stage}`, {
  stage,
  settings: readSettings(stage, app.node.tryGetContext(`fluxgate:${stage}`), app.node.tryGetContext('settings')),
  env: { region: process.env.CDK_DEFAULT_REGION ?? 'us-east-1' },
});
app.synth();
