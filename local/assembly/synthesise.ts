import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Children } from '../processes/children';
import { hashSources } from './hash-sources';

export type SynthesisOptions = {
  /** The folder of the project. */
  readonly root: string;
  readonly region: string;
  /** The environment of this process, which the app's own process inherits. */
  readonly shell: NodeJS.ProcessEnv;
  readonly children: Children;
  readonly onProgress: (line: string) => void;
};

const KEPT_DAYS = 7;

/**
 * Synthesises the CDK app in a process of its own, into a folder named for the sources: sources that have not changed are
 * not synthesised again, and two starts at once do not meet. Resolves with the folder; rejects with what the app printed.
 */
export const synthesise = async (options: SynthesisOptions): Promise<string> => {
  const { root, region, onProgress } = options;
  const assemblies = join(root, '.fluxgate', 'assemblies');
  const target = join(assemblies, hashSources(root, region));
  if (existsSync(join(target, 'manifest.json'))) return target;

  mkdirSync(assemblies, { recursive: true });
  removeOld(assemblies);
  onProgress('Synthesising the CDK app');
  const building = `${target}.${process.pid}`;
  await runApp(options, building);
  moveOnce(building, target);
  return target;
};

const runApp = ({ root, region, shell, children, onProgress }: SynthesisOptions, output: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const app = children.spawn(process.execPath, ['--require', require.resolve('tsx/cjs'), 'bin/fluxgate.ts'], {
      cwd: root,
      // The CDK's own validation takes half the time of a start; `npm run synth` and every deployment keep it.
      env: { ...shell, CDK_OUTDIR: output, CDK_DEFAULT_REGION: region, CDK_VALIDATION: 'false' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const printed: string[] = [];
    for (const stream of [app.stdout, app.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        printed.push(line);
        const bundled = /^Bundling asset (.+)\.\.\.$/.exec(line)?.[1];
        if (bundled !== undefined) onProgress(`Bundling ${bundled}`);
      });
    }
    app.once('error', reject);
    app.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`The CDK app does not synthesise:\n${printed.slice(-30).join('\n')}`)),
    );
  });

/** Another start may have been quicker; what it made is the same. */
const moveOnce = (from: string, to: string): void => {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(join(to, 'manifest.json'))) throw error;
    rmSync(from, { recursive: true, force: true });
  }
};

const removeOld = (assemblies: string): void => {
  const before = Date.now() - KEPT_DAYS * 86_400_000;
  for (const name of readdirSync(assemblies)) {
    const path = join(assemblies, name);
    if (statSync(path).mtimeMs < before) rmSync(path, { recursive: true, force: true });
  }
};

/** The project's own folder, seen from here. */
export const PROJECT_ROOT = dirname(dirname(__dirname));
