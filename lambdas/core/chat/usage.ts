/** Tokens that a provider reported. The five kinds are disjoint: `input` excludes what the prompt cache read or wrote. */
export type Usage = {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite5m: number;
  cacheWrite1h: number;
};

export type TokenKind = keyof Usage;

/** Every input token that the prompt was made of, cached or not. */
export const promptTokens = (usage: Usage): number =>
  usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h;

export const totalTokens = (usage: Usage): number => promptTokens(usage) + usage.output;
