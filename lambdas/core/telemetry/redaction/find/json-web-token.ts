import { ALPHANUMERIC, DOTTED_TOKEN, endOfDotted, endOfRun, is, TOKEN } from '../character-classes';
import { codeAt, codeBefore, type Matcher, note } from '../scan';

const DOT = 46;
const LEAST_PART = 8;

/** At the `J` of `eyJ`, which is `{"` in base64: two such parts, or one and two more. */
export const findJsonWebToken: Matcher = (scan, at) => {
  const { text, end } = scan;
  const start = at - 2;
  if (start < scan.noTokenBefore || start < scan.from || !text.startsWith('ey', start)) return at;
  if (is(codeBefore(scan, start), ALPHANUMERIC)) return at;
  const header = endOfRun(text, start, end, TOKEN);
  const payload = endOfRun(text, header + 1, end, TOKEN);
  const isToken =
    header - start > LEAST_PART &&
    codeAt(scan, header) === DOT &&
    (text.startsWith('eyJ', header + 1) || (payload - header > LEAST_PART && codeAt(scan, payload) === DOT));
  if (isToken) return note(scan, start, endOfDotted(text, header, end, DOTTED_TOKEN), 'json_web_token');
  scan.noTokenBefore = header;
  return at;
};
