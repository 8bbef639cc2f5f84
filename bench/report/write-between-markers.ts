import { readFileSync, writeFileSync } from 'node:fs';

/** Replaces what stands between the two markers of a name in a file. Throws when the markers are not there. */
export const writeBetweenMarkers = (path: string, content: string, name = 'bench'): void => {
  const [startMark, endMark] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const text = readFileSync(path, 'utf8');
  const start = text.indexOf(startMark);
  const end = text.indexOf(endMark);
  if (start < 0 || end < start) throw new Error(`${path} must hold ${startMark} and ${endMark}, in this order.`);
  writeFileSync(path, `${text.slice(0, start + startMark.length)}\n\n${content}\n\n${text.slice(end)}`);
};
