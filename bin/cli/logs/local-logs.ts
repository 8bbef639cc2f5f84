import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Line, readLine } from './line';

const logFilesIn = async (directory: string): Promise<string[]> =>
  (await readdir(directory)).filter((name) => name.endsWith('.log')).map((name) => join(directory, name));

/** Whole lines only: the last one may still be written. */
const toLines = (text: string): string[] => text.split('\n').slice(0, -1);

const inOrder = (lines: readonly Line[]): Line[] =>
  [...lines].sort(({ fields: left }, { fields: right }) => left.timestamp.localeCompare(right.timestamp));

/** Every line that the functions of the local machine have logged, oldest first. */
export const readLocalLines = async (directory: string): Promise<Line[]> => {
  const texts = await Promise.all((await logFilesIn(directory)).map((file) => readFile(file, 'utf8')));
  return inOrder(texts.flatMap(toLines).flatMap((text) => readLine(text) ?? []));
};
