import { context } from '../cdk.json';
import { createApp } from '../lib/create-app';
import { SettingsError } from '../lib/settings-error';

// The CDK command sets these; without it, this file alone synthesises the same assembly.
const { CDK_OUTDIR: outdir = 'cdk.out', CDK_DEFAULT_REGION: region = 'us-east-1' } = process.env;

try {
  createApp({ context, outdir, region }).synth();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
