import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';

const root = join(__dirname, '../..');
const outdir = mkdtempSync(join(tmpdir(), 'fluxgate-assembly-'));

/** No credentials, no Region, no home with a configuration: what a fresh machine has. */
const bare = { PATH: process.env.PATH, HOME: outdir, CDK_OUTDIR: outdir };
const app = ['--import', 'tsx', join('bin', 'fluxgate.ts')];
const synthesise = (environment: Record<string, string> = {}) =>
  promisify(execFile)(process.execPath, app, { cwd: root, env: { ...bare, ...environment } });

const functionSchema = v.object({
  Type: v.literal('AWS::Lambda::Function'),
  Properties: v.object({
    Code: v.object({ S3Key: v.string() }),
    Environment: v.object({ Variables: v.record(v.string(), v.unknown()) }),
  }),
});

type BuiltFunction = { id: string; folder: string; variables: Record<string, string> };

const readFunctions = (): BuiltFunction[] => {
  const template = JSON.parse(readFileSync(join(outdir, 'Fluxgate-dev.template.json'), 'utf8'));
  return Object.entries(template.Resources).flatMap(([id, resource]) => {
    if (!v.is(functionSchema, resource)) return [];
    const variables = Object.entries(resource.Properties.Environment.Variables);
    return {
      id,
      folder: join(outdir, `asset.${parse(resource.Properties.Code.S3Key).name}`),
      variables: Object.fromEntries(variables.map(([name, value]) => [name, typeof value === 'string' ? value : name])),
    };
  });
};

const LOAD = `
  globalThis.awslambda = { streamifyResponse: (handler) => handler, HttpResponseStream: { from: (stream) => stream } };
  process.stdout.write(typeof require('./index.js').handler);
`;

/** Loads a bundle where nothing but the bundle is, with the environment that the template gives it. */
const load = ({ folder, variables }: BuiltFunction): string => {
  const empty = mkdtempSync(join(tmpdir(), 'fluxgate-bundle-'));
  copyFileSync(join(folder, 'index.js'), join(empty, 'index.js'));
  const env = {
    ...variables,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  try {
    return execFileSync(process.execPath, ['-e', LOAD], { cwd: empty, env, encoding: 'utf8' });
  } finally {
    rmSync(empty, { recursive: true });
  }
};

afterAll(() => rmSync(outdir, { recursive: true }));

describe('the assembly', () => {
  it('is synthesised by the app file alone, without credentials, Region or look-ups', async () => {
    await synthesise();

    const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
    expect(manifest.missing).toBeUndefined();
    expect(Object.keys(manifest.artifacts)).toContain('Fluxgate-dev');
  }, 60_000);

  it('holds bundles that load on this Node.js from an empty folder, with the environment of the template', () => {
    const loaded = readFunctions().map((built) => [built.id.replace(/Function[0-9A-F]{8}$/, ''), load(built)]);

    expect(Object.fromEntries(loaded)).toEqual({
      Gateway: 'function',
      Health: 'function',
      Exposition: 'function',
      Management: 'function',
      UsageAggregation: 'function',
      Sweeping: 'function',
      Reconciling: 'function',
      RemoteWriting: 'function',
      TelemetryIntake: 'function',
    });
  }, 60_000);

  it('is refused in one line when a setting is wrong', async () => {
    const context = JSON.stringify({ settings: '{"logLevel":"LOUD"}' });

    await expect(synthesise({ CDK_CONTEXT_JSON: context })).rejects.toMatchObject({
      code: 1,
      stderr: 'The settings of stage dev are wrong. logLevel must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL.\n',
    });
  }, 60_000);
});
