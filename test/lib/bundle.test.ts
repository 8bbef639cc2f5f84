import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFunction } from '../../lib/bundle';

/** A name that minifying leaves alone: a method of Powertools' Tracer. */
const OF_THE_TRACER = 'captureAWSv3Client';

describe('the files of a function', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fluxgate-bundle-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const filesOf = (name: string): Record<string, string> => {
    const own = join(folder, name);
    buildFunction(`lambdas/${name}/handler.ts`, own);
    return Object.fromEntries(readdirSync(own).map((file) => [file, readFileSync(join(own, file), 'utf8')]));
  };

  it('keep what is loaded after an answer out of what a cold start reads', () => {
    const files = filesOf('gateway');

    expect(Object.keys(files).sort()).toEqual(['index.js', 'powertools-tracer.js']);
    expect(files['index.js']).not.toContain(OF_THE_TRACER);
    expect(files['powertools-tracer.js']).toContain(OF_THE_TRACER);
  });

  it('are one where nothing is loaded late', () => {
    expect(Object.keys(filesOf('sweeper'))).toEqual(['index.js']);
  });
});
