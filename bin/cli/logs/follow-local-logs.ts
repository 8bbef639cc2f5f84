import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that is written to, read from where the last reading ended. */
type Followed = { path: string; position: number; rest: string };

export type Follow = {
  directory: string;
  /** Gets every whole line as it stands in its file. */
  onLine(text: string): void;
  wait(milliseconds: number): Promise<void>;
  signal: AbortSignal | undefined;
};

const EVERY_MS = 200;

/** Tells what is logged from now on, until the signal. */
export const followLocalLogs = async ({ directory, onLine, wait, signal }: Follow): Promise<void> => {
  const followed = new Map<string, Followed>();
  const find = async (): Promise<void> => {
    for (const name of await readdir(directory))
      if (name.endsWith('.log') && name !== 'api-access.log' && !followed.has(name))
        followed.set(name, { path: join(directory, name), position: 0, rest: '' });
  };

  await find();
  for (const file of followed.values()) await readOn(file);
  while (!signal?.aborted) {
    await wait(EVERY_MS);
    await find();
    for (const file of followed.values()) for (const text of await readOn(file)) onLine(text);
  }
};

const readOn = async (file: Followed): Promise<string[]> => {
  const handle = await open(file.path, 'r');
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.max(0, size - file.position));
    await handle.read(buffer, 0, buffer.length, file.position);
    file.position += buffer.length;
    const lines = `${file.rest}${buffer.toString('utf8')}`.split('\n');
    file.rest = lines.pop() ?? '';
    return lines;
  } finally {
    await handle.close();
  }
};
