/**
 * The simulator's own tokenizer, deliberately unlike any estimate of the gateway: words in pieces of six letters, numbers
 * in pieces of three digits, runs of white space, and every other character by itself. A token is never empty, so a text
 * has at most as many tokens as it has UTF-8 bytes.
 */
const TOKEN = / ?[A-Za-z]{1,6}| ?\d{1,3}|\s+|./gsu;

/** The tokens of a text in order; joined they are the text again. */
export const toTokens = (text: string): readonly string[] => text.match(TOKEN) ?? [];

export const countTokens = (text: string): number => toTokens(text).length;

/** The longest beginning of a text that has at most `limit` tokens. */
export const firstTokens = (text: string, limit: number): string => toTokens(text).slice(0, limit).join('');
