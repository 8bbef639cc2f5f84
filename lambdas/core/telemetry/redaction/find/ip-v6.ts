import { isIPv6 } from 'node:net';
import { ALPHANUMERIC, endOfDotted, HEX_OR_COLON, is, startOfRun } from '../character-classes';
import { codeAt, codeBefore, type Matcher, note } from '../scan';

const LONGEST = 45;
const MOST_HEX_DIGITS = 4;

/** At the first colon of an IPv6 address. */
export const findIpV6: Matcher = (scan, at) => {
  if (!scan.ipAddresses || at < scan.noAddressBefore) return at;
  const { text, end } = scan;
  const start = startOfRun(text, at, Math.max(scan.from, at - MOST_HEX_DIGITS), HEX_OR_COLON);
  const runEnd = endOfDotted(text, at, end, HEX_OR_COLON);
  scan.noAddressBefore = runEnd;
  // A single colon at the end belongs to the sentence, two are zeros.
  const last = /[^:]:$/.test(text.slice(Math.max(start, runEnd - 2), runEnd)) ? runEnd - 1 : runEnd;
  const isWithinWord = is(codeBefore(scan, start), ALPHANUMERIC) || is(codeAt(scan, last), ALPHANUMERIC);
  if (isWithinWord || last - start > LONGEST || !isIPv6(text.slice(start, last))) return at;
  return note(scan, start, last, 'ip_address');
};
