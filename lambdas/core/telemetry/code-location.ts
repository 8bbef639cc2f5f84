import { basename } from 'node:path';

export type CodeLocation = { module: string; function?: string; line: number };

const FRAME = /^\s*at (?:(?:async )?(?<name>[^(]+?) \()?(?:file:\/\/)?(?<file>[^()]+?):(?<line>\d+):\d+\)?$/;

const readFrame = (frame: string): CodeLocation | undefined => {
  const { name, file, line } = FRAME.exec(frame)?.groups ?? {};
  if (file === undefined || file.startsWith('node:')) return undefined;
  return { module: basename(file), ...(name !== undefined && { function: name }), line: Number(line) };
};

/** The first place of our own that a stack names, `skipped` frames of ours left out; undefined when it names none. */
export const readLocation = (stack: string | undefined, skipped = 0): CodeLocation | undefined => {
  const own = (stack ?? '').split('\n').flatMap((frame) => readFrame(frame) ?? []);
  return own[skipped];
};
