import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashSources } from '../../../local/assembly/hash-sources';

describe('the name of the synthesised assembly', () => {
  it('changes with every source and with the Region, and with nothing else', () => {
    const root = mkdtempSync(join(tmpdir(), 'fluxgate-sources-'));
    mkdirSync(join(root, 'lambdas', 'core'), { recursive: true });
    const write = (file: string, text: string) => writeFileSync(join(root, file), text);

    write('lambdas/core/a.ts', 'one');
    const first = hashSources(root, 'us-east-1');
    write('README.md', 'not a source');
    const withReadme = hashSources(root, 'us-east-1');
    const elsewhere = hashSources(root, 'eu-west-1');
    write('lambdas/core/a.ts', 'two');
    const changed = hashSources(root, 'us-east-1');
    write('lambdas/core/b.ts', '');
    const grown = hashSources(root, 'us-east-1');
    rmSync(root, { recursive: true });

    expect(withReadme).toBe(first);
    expect(new Set([first, elsewhere, changed, grown]).size).toBe(4);
  });
});
