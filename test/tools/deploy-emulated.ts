/**
 * Bootstraps an emulated AWS, deploys the app into it with the CDK command, looks at what is there, and destroys it.
 * Exits with 1 when anything but the named gaps is missing.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDeployment } from './check-deployment';
import { type Emulator, startEmulator } from './emulator';
import { EMULATOR_GAPS, OTHER_GAPS, readTemplate, withoutUnresolvable } from './emulator-gaps';

const root = join(__dirname, '..', '..');
const stackName = 'Fluxgate-dev';
const say = (line: string) => process.stdout.write(`${line}\n`);

const cdk = join('node_modules', 'aws-cdk', 'bin', 'cdk');
const deploy = ['--import', 'tsx', join('bin', 'deploy.ts'), '--require-approval', 'never', '--progress', 'events'];

const deployInto = async ({ url }: Emulator, folder: string): Promise<void> => {
  const options = { cwd: root, env: environmentOf(url, folder) };
  const run = (...command: string[]) => execFileSync(process.execPath, command, { ...options, stdio: 'inherit' });

  run('--import', 'tsx', join('bin', 'fluxgate.ts'));
  const templatePath = join(folder, `${stackName}.template.json`);
  const template = readTemplate(readFileSync(templatePath, 'utf8'));
  writeFileSync(templatePath, JSON.stringify(withoutUnresolvable(template)));

  const early = spawnSync(process.execPath, deploy, { ...options, encoding: 'utf8' });
  assert.match(early.stderr, /^This account is not prepared for the CDK in us-east-1\. Run npx cdk bootstrap/);
  assert.equal(early.status, 1);
  say('  ok  a first deployment is told to bootstrap');
  run(cdk, 'bootstrap', 'aws://123456789012/us-east-1', '--app', folder, '--no-notices');
  run(...deploy, '--app', folder, '--method', 'direct', '--no-notices');
  for (const fact of await checkDeployment({ url, stackName, template })) say(`  ok  ${fact}`);
  run(cdk, 'destroy', '--app', folder, '--force', '--no-notices');
};

const environmentOf = (url: string, folder: string) => ({
  ...process.env,
  AWS_ACCESS_KEY_ID: 'emulated',
  AWS_SECRET_ACCESS_KEY: 'emulated',
  AWS_REGION: 'us-east-1',
  AWS_ENDPOINT_URL: url,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  CDK_OUTDIR: folder,
});

const sayGaps = () => {
  say('\nNot proved here, because the emulator passes it over:');
  for (const [type, what] of Object.entries(EMULATOR_GAPS)) say(`  ${type}: ${what}`);
  for (const what of OTHER_GAPS) say(`  ${what}`);
};

const main = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'fluxgate-emulated-'));
  const emulator = await startEmulator();
  try {
    await deployInto(emulator, folder);
    sayGaps();
  } finally {
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
