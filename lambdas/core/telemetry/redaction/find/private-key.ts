import { type Matcher, note } from '../scan';

const BEGIN = '-----BEGIN ';
const DASHES = '-----';
const LONGEST_LABEL = 64;

/** At the second hyphen of a PEM block. One whose end is missing was cut: it goes to the end of the text. */
export const findPrivateKey: Matcher = (scan, second) => {
  const { text, end } = scan;
  const at = second - 1;
  if (at < scan.from || !text.startsWith(BEGIN, at)) return second;
  const label = text.slice(at + BEGIN.length, at + BEGIN.length + LONGEST_LABEL);
  if (!/^[A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----/.test(label)) return second;
  const last = text.indexOf('-----END ', at);
  if (last < 0 || last >= end) return note(scan, at, end, 'private_key');
  const dashes = text.indexOf(DASHES, last + DASHES.length);
  return note(scan, at, dashes < 0 ? end : Math.min(end, dashes + DASHES.length), 'private_key');
};
