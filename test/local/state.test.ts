import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataDirectoryTaken, openState } from '../../local/state';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fluxgate-state-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('the state of a machine', () => {
  it('is kept in its folder between starts, for its user only', () => {
    const first = openState(directory);
    first.save('pepper', 'hot');
    first.save('local-key', 'fg_a_b');
    first.release();

    const second = openState(directory);

    expect(second.find('pepper')).toBe('hot');
    expect(second.find('local-key')).toBe('fg_a_b');
    expect(statSync(join(directory, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('is gone with the machine when there is no folder', () => {
    openState(undefined).save('pepper', 'hot');

    expect(openState(undefined).find('pepper')).toBeUndefined();
  });

  it('belongs to one machine at a time', () => {
    const first = openState(directory);

    expect(() => openState(directory)).toThrow(DataDirectoryTaken);
    expect(() => openState(directory)).toThrow(
      `${directory} is in use by another local machine (process ${process.pid})`,
    );
    first.release();
    expect(openState(directory).directory).toBe(directory);
  });

  it('is taken over from a machine that was killed', () => {
    writeFileSync(join(directory, 'lock'), '999999999');

    expect(openState(directory).directory).toBe(directory);
  });
});
