import { InsightsError } from './query';
import type { Token } from './tokens';

/** The tokens of a query, read from left to right. */
export type TokenReader = {
  peek(): Token | undefined;
  next(): Token;
  /** Whether the next token is this word or sign; a quoted text is neither. */
  isAt(text: string): boolean;
  /** Takes it when it is there. */
  take(text: string): boolean;
  expect(text: string): void;
};

export const createTokenReader = (tokens: readonly Token[]): TokenReader => {
  let position = 0;
  const peek = () => tokens[position];
  const isAt = (text: string): boolean => {
    const token = peek();
    return token !== undefined && (token.kind === 'word' || token.kind === 'symbol') && token.text === text;
  };
  const next = (): Token => {
    const token = peek();
    if (token === undefined) throw new InsightsError('The query ends too early.');
    position += 1;
    return token;
  };
  const take = (text: string): boolean => {
    if (!isAt(text)) return false;
    position += 1;
    return true;
  };
  return {
    peek,
    next,
    isAt,
    take,
    expect: (text) => {
      if (!take(text)) throw new InsightsError(`Expected ${text} before ${peek()?.text ?? 'the end of the query'}.`);
    },
  };
};
