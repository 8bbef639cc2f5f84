import { basename, join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, buildSync } from 'esbuild';
import { SDK_ALIASES } from '../lambdas/core/stand-ins/sdk-aliases';

const root = join(__dirname, '..');

/** CommonJS that Node 20 can run too, with everything inside, so that what is tested is what is deployed. */
export const BUILD_OPTIONS = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  // A dynamic import of a built-in would stay an ESM import, which loads undici on Node 22 and later.
  supported: { 'dynamic-import': false },
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
} as const satisfies BuildOptions;

/**
 * What functions load late, after an answer, by the path that they import it by. Each is a file of its own beside the function's, so that
 * no cold start reads it.
 */
const LATE_MODULES = {
  './powertools-tracer': 'lambdas/core/telemetry/xray/powertools-tracer.ts',
} as const;

/** How every function is built: without the parts of the SDK that none of them uses. */
const FUNCTION_BUILD_OPTIONS = {
  ...BUILD_OPTIONS,
  alias: SDK_ALIASES,
  external: Object.keys(LATE_MODULES),
  metafile: true,
} satisfies BuildOptions;

/** Builds a function from its entry point: `index.js` in a folder, and beside it what it loads late. Returns the sources that are in them. */
export const buildFunction = (entryPoint: string, folder: string): string[] => {
  const toFolder = { ...FUNCTION_BUILD_OPTIONS, outdir: folder };
  const { metafile } = buildSync({ ...toFolder, entryPoints: { index: entryPoint } });
  const imported = new Set(Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path)));
  const late = Object.entries(LATE_MODULES).filter(([path]) => imported.has(path));
  const sources = late.flatMap(([path, source]) => {
    const built = buildSync({ ...toFolder, entryPoints: { [basename(path)]: source } });
    return Object.keys(built.metafile.inputs);
  });
  return [...Object.keys(metafile.inputs), ...sources];
};

/** The code of the function in `lambdas/<folder>/handler.ts`, built in this process: several times faster than a command per function. */
export const bundle = (folder: string): AssetCode =>
  Code.fromAsset(join(root, 'lambdas', folder), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('never-used'),
      local: {
        tryBundle(outputDirectory) {
          buildFunction(join('lambdas', folder, 'handler.ts'), outputDirectory);
          return true;
        },
      },
    },
  });
