import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fluxgate-run-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Calls a function of one of the modules, which only Node itself can load. */
const call = (module: string, name: string, ...args: unknown[]): unknown => {
  const script = `import { ${name} } from ${JSON.stringify(join(root, 'bin', 'run', module))};
    process.stdout.write(JSON.stringify({ answer: ${name}(...${JSON.stringify(args)}) }));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })).answer;
};

/** Runs `npm start`'s command where no program is found but Node, and perhaps this `java`. */
const startWithJava = (script: string | undefined) => {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  if (script !== undefined) {
    writeFileSync(join(bin, 'java'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, 'java'), 0o755);
  }
  return spawnSync(process.execPath, ['bin/run.mjs', 'local', '--help'], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: bin },
  });
};

describe('the first command', () => {
  it.each([
    ['there is no Java', undefined, 'finds none on the PATH'],
    ['the program called java is only a hint that there is none', 'exit 1', 'finds none on the PATH'],
    ['Java is too old', `echo 'openjdk version "11.0.2" 2019-01-15' >&2`, 'and this is Java 11'],
    ['Java is as old as to call itself 1.8', `echo 'java version "1.8.0_392"' >&2`, 'and this is Java 8'],
    ['Java does not tell its version', 'true', 'cannot read the version'],
  ])('says in one sentence what to do when %s, and fails', (_, script, reason) => {
    const { status, stderr } = startWithJava(script);

    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(reason);
    expect(stderr).toMatch(/install Java 17 or later, .* then try again\.\n$/);
  });

  it('goes on with Java 17 and later', () => {
    const { status, stdout } = startWithJava(`echo 'openjdk version "25" 2025-09-16' >&2`);

    expect(status).toBe(0);
    expect(stdout).toContain('--bedrock simulated|aws');
  });

  it.each(['12.22.0', '18.20.8'])('says in one sentence that Node %s is too old', (version) => {
    expect(call('check-programs.mjs', 'checkNode', version)).toMatch(
      new RegExp(`^Fluxgate needs Node.js 20 or later and this is ${version}: install .*try again\\.$`),
    );
  });

  it.each(['20.0.0', '24.1.0'])('goes on with Node %s', (version) => {
    expect(call('check-programs.mjs', 'checkNode', version) ?? 'fine').toBe('fine');
  });

  it('is written for versions of Node that know nothing newer than modules', () => {
    const sources = execFileSync(
      'cat',
      [
        'bin/run.mjs',
        ...['check-programs', 'install-dependencies', 'run-program', 'left-out'].map((name) => `bin/run/${name}.mjs`),
      ],
      { cwd: root, encoding: 'utf8' },
    );

    expect(sources).not.toMatch(/\?\?|\?\.\w|from 'node:|^await /m);
  });
});

describe('the installed packages', () => {
  const write = (file: string, packages: object) => {
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    writeFileSync(join(folder, file), JSON.stringify({ packages: { '': { name: 'it' }, ...packages } }));
  };
  const isInstalled = () => call('install-dependencies.mjs', 'isInstalled', folder);

  it.each([
    ['are complete when all are there in their versions', { a: { version: '1.0.0' } }, true],
    ['are complete without what this platform does not need', { a: { version: '1.0.0' } }, true],
    ['are incomplete when one is missing', {}, false],
    ['are incomplete when one has another version', { a: { version: '0.9.0' } }, false],
  ])('%s', (_, installed, expected) => {
    write('package-lock.json', { a: { version: '1.0.0' }, fsevents: { version: '2.0.0', optional: true } });
    write('node_modules/.package-lock.json', installed);

    expect(isInstalled()).toBe(expected);
  });

  it('are incomplete when there is no folder', () => {
    writeFileSync(join(folder, 'package-lock.json'), '{"packages":{}}');

    expect(isInstalled()).toBe(false);
  });
});
