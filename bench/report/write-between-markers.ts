import { readFileSync, writeFileSync } from 'node:fs';

const START = '<!-- bench:start -->';
const END = '<!-- bench:end -->';

/** Replaces what stands between the two markers of a file. Throws when the markers are not there. */
export const writeBetweenMarkers = (path: string, content: string): void => {
  const text = readFileSync(path, 'utf8');
  const start = text.indexOf(START);
  const end = text.indexOf(END);
  if (start < 0 || end < start) throw new Error(`${path} must hold ${START} and ${END}, in this order.`);
  writeFileSync(path, `${text.slice(0, start + START.length)}\n\n${content}\n\n${text.slice(end)}`);
};
