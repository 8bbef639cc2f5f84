import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT, synthesise } from '../../local/assembly/synthesise';
import type { Children } from '../../local/processes/children';

const REGION = 'us-east-1';

/**
 * The assembly of the project, with other values of some environment variables of its functions, as other settings of the
 * deployment would give them. `remove` deletes the copy.
 */
export const createAssemblyWithEnvironment = (variables: Readonly<Record<string, string>>) => {
  const copy = mkdtempSync(join(tmpdir(), 'fluxgate-assembly-'));
  const change = (template: string): string =>
    Object.entries(variables).reduce(
      (text, [name, value]) =>
        text.replaceAll(new RegExp(`("${name}":\\s*)"[^"]*"`, 'g'), `$1${JSON.stringify(value)}`),
      template,
    );
  return {
    synthesise: async (children: Children): Promise<string> => {
      const options = { root: PROJECT_ROOT, region: REGION, shell: process.env, children };
      cpSync(await synthesise({ ...options, onProgress: () => undefined }), copy, { recursive: true });
      for (const file of readdirSync(copy).filter((name) => name.endsWith('.template.json'))) {
        writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')));
      }
      return copy;
    },
    remove: () => rmSync(copy, { recursive: true, force: true }),
  };
};
