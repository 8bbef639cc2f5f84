import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(__dirname, '..');
const FOLDERS = ['bin', 'lib', 'lambdas', 'local'];

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));

type Import = { from: string; to: string; typesOnly: boolean };

const IMPORT = /(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)/g;

const importsOf = (from: string): Import[] => {
  const text = readFileSync(join(root, from), 'utf8');
  return [...text.matchAll(IMPORT)].map(([, types, named, dynamic]) => {
    const path = named ?? dynamic ?? '';
    return {
      from,
      to: path.startsWith('.') ? relative(root, join(root, dirname(from), path)) : path,
      typesOnly: types !== undefined,
    };
  });
};

const files = FOLDERS.flatMap(filesIn);
const imports = files.flatMap(importsOf);

/** The function that a file belongs to: `gateway` of `lambdas/gateway/serve.ts`. */
const functionOf = (path: string): string | undefined => {
  const name = /^lambdas\/([^/]+)\//.exec(path)?.[1];
  return name === 'core' ? undefined : name;
};

const AWS_SDK_HOMES = [
  /\/handler\.ts$/,
  /^lambdas\/core\/(ledger|keys|counters|aws-client)/,
  /^lambdas\/gateway\/(cache\/|compose\.ts)/,
  /^lambdas\/core\/providers\//,
  /^lambdas\/(reconciler|remote-writer)\//,
];

const RULES: Record<string, (imported: Import) => boolean> = {
  'a function never imports another function': ({ from, to }) =>
    functionOf(from) !== undefined && functionOf(to) !== undefined && functionOf(from) !== functionOf(to),
  'core imports no function': ({ from, to }) => from.startsWith('lambdas/core/') && functionOf(to) !== undefined,
  'the chat language imports nothing outside itself': ({ from, to }) =>
    from.startsWith('lambdas/core/chat/') && !to.startsWith('lambdas/core/chat/'),
  'the models import nothing but themselves, the chat language and what Node has': ({ from, to }) =>
    from.startsWith('lambdas/core/models/') && !/^(lambdas\/core\/(chat|models)\/|node:)/.test(to),
  'no Lambda code imports the CDK app or the local machine': ({ from, to }) =>
    from.startsWith('lambdas/') && /^(lib|bin|local|test)\/|^aws-cdk-lib/.test(to),
  'the CDK app takes only core and the environments of the functions': ({ from, to, typesOnly }) =>
    from.startsWith('lib/') &&
    to.startsWith('lambdas/') &&
    !to.startsWith('lambdas/core/') &&
    !(typesOnly && to.endsWith('/env')),
  'the local machine takes only types from the Lambda code': ({ from, to, typesOnly }) =>
    from.startsWith('local/') && to.startsWith('lambdas/') && !typesOnly,
  'the AWS SDK is imported where AWS is spoken to': ({ from, to, typesOnly }) =>
    from.startsWith('lambdas/') &&
    to.startsWith('@aws-sdk/client-') &&
    !typesOnly &&
    !AWS_SDK_HOMES.some((home) => home.test(from)),
};

describe('the structure', () => {
  it.each(Object.entries(RULES))('%s', (_, breaks) => {
    expect(imports.filter(breaks)).toEqual([]);
  });

  it('reads imports at all', () => {
    expect(imports.length).toBeGreaterThan(300);
  });

  it('reads the environment of a process in compositions only', () => {
    const readers = files.filter(
      (file) => file.startsWith('lambdas/') && readFileSync(join(root, file), 'utf8').includes('process.env'),
    );

    expect(readers.filter((file) => !file.endsWith('/handler.ts'))).toEqual([]);
  });

  it('keeps every source file under 200 lines', () => {
    const long = files.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 201);

    expect(long).toEqual([]);
  });
});
