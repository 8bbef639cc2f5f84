import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, buildSync } from 'esbuild';
import { SDK_ALIASES } from '../lambdas/core/stand-ins/sdk-aliases';

const root = join(__dirname, '..');

/** One CommonJS file that Node 20 can run too, with everything inside, so that what is tested is what is deployed. */
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

/** How every function is built: without the parts of the SDK that none of them uses. */
export const FUNCTION_BUILD_OPTIONS = { ...BUILD_OPTIONS, alias: SDK_ALIASES } as const satisfies BuildOptions;

/** The code of the function in `lambdas/<folder>/handler.ts`, built in this process: several times faster than a command per function. */
export const bundle = (folder: string): AssetCode =>
  Code.fromAsset(join(root, 'lambdas', folder), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('never-used'),
      local: {
        tryBundle(outputDirectory) {
          buildSync({
            ...FUNCTION_BUILD_OPTIONS,
            entryPoints: [join('lambdas', folder, 'handler.ts')],
            outfile: join(outputDirectory, 'index.js'),
          });
          return true;
        },
      },
    },
  });
