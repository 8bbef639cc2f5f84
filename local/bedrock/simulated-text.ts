import { createHash } from 'node:crypto';
import { countTokens, firstTokens } from './tokenizer';

/** Each is one token, with the space before it. */
const WORDS =
  'a steady signal moves along the coil and every turn adds its small part until the meter shows what was there'.split(
    ' ',
  );

const DEFAULT_MIN_TOKENS = 24;
const DEFAULT_SPREAD = 24;

const toSeed = (text: string): Buffer => createHash('sha256').update(text).digest();

/** So many words, the same ones for the same seed; each is one token. */
const filler = (seed: Buffer, count: number): string =>
  Array.from({ length: count }, (_, index) => {
    const step = seed[index % seed.length] ?? 0;
    return ` ${WORDS[(step + index) % WORDS.length]}`;
  }).join('');

export type TextRequest = {
  /** What the text says before it is filled up. */
  opening: string;
  /** The exact length; undefined leaves it to the seed. */
  tokens: number | undefined;
  /** Everything that may change the answer. */
  seed: string;
};

/** A text that begins as asked and is exactly as long as asked: the same for the same request. */
export const simulateText = ({ opening, tokens, seed }: TextRequest): string => {
  const bytes = toSeed(seed);
  const openingTokens = countTokens(opening);
  const wanted = tokens ?? openingTokens + DEFAULT_MIN_TOKENS + ((bytes[0] ?? 0) % DEFAULT_SPREAD);
  if (wanted <= openingTokens) return firstTokens(opening, wanted);
  return opening + filler(bytes, wanted - openingTokens);
};
