import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_ROOT, synthesise } from '../../../local/assembly/synthesise';
import type { Children } from '../../../local/processes/children';

const REGION = 'us-east-1';

/**
 * The assembly of the project as a deployment with `providerTimeoutSeconds` of `seconds` would have it.
 * `remove` deletes the copy.
 */
export const createAssemblyWithTimeout = (seconds: number) => {
  const copy = mkdtempSync(join(tmpdir(), 'fluxgate-assembly-'));
  return {
    synthesise: async (children: Children): Promise<string> => {
      const options = { root: PROJECT_ROOT, region: REGION, shell: process.env, children };
      cpSync(await synthesise({ ...options, onProgress: () => undefined }), copy, { recursive: true });
      for (const file of readdirSync(copy).filter((name) => name.endsWith('.template.json'))) {
        const template = readFileSync(join(copy, file), 'utf8');
        writeFileSync(
          join(copy, file),
          template.replaceAll(/("PROVIDER_TIMEOUT_SECONDS":\s*)"\d+"/g, `$1"${seconds}"`),
        );
      }
      return copy;
    },
    remove: () => rmSync(copy, { recursive: true, force: true }),
  };
};
