import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { context } from '../cdk.json';
import { readDeployment } from '../lib/read-deployment';
import { SettingsError } from '../lib/settings-error';
import { checkConcurrency } from './deploy/check-concurrency';
import { DeployError } from './deploy/deploy-error';
import { findAccount } from './deploy/find-account';
import { nextSteps } from './deploy/next-steps';
import { readCdkArguments } from './deploy/read-cdk-arguments';

const cdk = join(__dirname, '..', 'node_modules', 'aws-cdk', 'bin', 'cdk');

/** `cdk deploy` with the given arguments, after a look at the account and followed by what to do next. */
const deploy = async (cdkArguments: string[]): Promise<void> => {
  const { profile, context: given } = readCdkArguments(cdkArguments);
  if (profile) process.env.AWS_PROFILE = profile;
  const { stage, settings } = readDeployment({ ...context, ...given });
  const { accountId, region } = await findAccount();
  await checkConcurrency(settings, console.warn);
  console.log(
    `Deploying stage ${stage} into ${region} of ${accountId ?? 'an account that these credentials may not look at'}.`,
  );

  const folder = mkdtempSync(join(tmpdir(), 'fluxgate-deploy-'));
  const outputsFile = join(folder, 'outputs.json');
  try {
    const { status } = spawnSync(process.execPath, [cdk, 'deploy', ...cdkArguments, '--outputs-file', outputsFile], {
      stdio: 'inherit',
      env: { ...process.env, AWS_REGION: region },
    });
    if (status !== 0) throw new DeployError('The deployment failed; the lines above say why. Nothing more was done.');
    console.log(nextSteps(stage, JSON.parse(readFileSync(outputsFile, 'utf8'))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

// The SDK's versions are pinned to ones that support every Node that Fluxgate does.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

deploy(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof DeployError || error instanceof SettingsError ? error.message : error);
  process.exitCode = 1;
});
