import { BACKSLASH, is, LINE_END } from '../character-classes';

/** The code of a quote, and how many backslashes stand before it: one and more where the text is within a text. */
export type Opening = { quote: number; escapes: number };

/**
 * Where a value ends that began at `start`, after its quote. The quote that closes it is escaped as the one that opened
 * it; without one, the value goes to the end of the line.
 */
export const endOfQuoted = (text: string, start: number, end: number, { quote, escapes }: Opening): number => {
  let backslashes = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (is(code, LINE_END)) return at;
    if (code === quote && closes(backslashes, escapes)) return at - escapes;
    backslashes = is(code, BACKSLASH) ? backslashes + 1 : 0;
  }
  return end;
};

/** Two backslashes are one that was meant, and escape nothing. */
const closes = (backslashes: number, escapes: number): boolean =>
  backslashes === escapes || (escapes === 0 && backslashes % 2 === 0);
