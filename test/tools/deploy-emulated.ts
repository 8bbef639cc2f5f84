/**
 * Bootstraps an emulated AWS, deploys the app into it with the CDK command, looks at what is there, and destroys it.
 * Exits with 1 when anything but the named gaps is missing.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDeployment } from './check-deployment';
import { type Emulator, startEmulator } from './emulator';
import { EMULATOR_GAPS, OTHER_GAPS, readTemplate, withoutUnresolvable } from './emulator-gaps';

const root = join(__dirname, '..', '..');
const stackName = 'Fluxgate-dev';
const say = (line: string) => process.stdout.write(`${line}\n`);

const deployInto = async ({ url }: Emulator, folder: string): Promise<void> => {
  const run = (...command: string[]) =>
    execFileSync(process.execPath, command, { cwd: root, env: environmentOf(url, folder), stdio: 'inherit' });
  const cdk = (...command: string[]) => run(join('node_modules', 'aws-cdk', 'bin', 'cdk'), ...command, '--no-notices');

  run('--import', 'tsx', join('bin', 'fluxgate.ts'));
  const templatePath = join(folder, `${stackName}.template.json`);
  const template = readTemplate(readFileSync(templatePath, 'utf8'));
  writeFileSync(templatePath, JSON.stringify(withoutUnresolvable(template)));

  cdk('bootstrap', 'aws://123456789012/us-east-1', '--app', 'true');
  cdk('deploy', '--app', folder, '--require-approval', 'never', '--progress', 'events', '--method', 'direct');
  for (const fact of await checkDeployment({ url, stackName, template })) say(`  ok  ${fact}`);
  cdk('destroy', '--app', folder, '--force');
};

const environmentOf = (url: string, folder: string) => ({
  ...process.env,
  AWS_ACCESS_KEY_ID: 'emulated',
  AWS_SECRET_ACCESS_KEY: 'emulated',
  AWS_REGION: 'us-east-1',
  AWS_ENDPOINT_URL: url,
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
