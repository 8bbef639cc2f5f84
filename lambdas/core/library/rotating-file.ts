import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export type RotatingFileOptions = {
  path: string;
  /** A line that would make the file larger goes into a new one. */
  maxBytes: number;
  /** Older files that are kept, as `<path>.1` (the newest) to `<path>.<backups>`. */
  backups: number;
};

/** Appends lines to a file, which moves aside when it is full. One process writes to it. Throws what the file system throws. */
export const createRotatingFile = ({ path, maxBytes, backups }: RotatingFileOptions) => {
  mkdirSync(dirname(path), { recursive: true });
  let size = existsSync(path) ? statSync(path).size : 0;

  const rotate = (): void => {
    rmSync(`${path}.${backups}`, { force: true });
    for (let number = backups - 1; number >= 1; number -= 1) {
      if (existsSync(`${path}.${number}`)) renameSync(`${path}.${number}`, `${path}.${number + 1}`);
    }
    if (backups > 0) renameSync(path, `${path}.1`);
    else rmSync(path);
    size = 0;
  };

  return (line: string): void => {
    const bytes = Buffer.byteLength(line) + 1;
    if (size > 0 && size + bytes > maxBytes) rotate();
    appendFileSync(path, `${line}\n`);
    size += bytes;
  };
};
