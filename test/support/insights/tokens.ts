import { InsightsError } from './query';

export type Token = { kind: 'word' | 'field' | 'string' | 'number' | 'period' | 'regex' | 'symbol'; text: string };

type Rule = { kind: Token['kind'] | 'space'; pattern: RegExp; read?: (text: string) => string };

const unquote = (text: string): string => text.slice(1, -1).replace(/\\(["'\\])/g, '$1');

/** Fields with other characters than letters, digits, `@`, `.` and `_` are written between back-ticks. */
const RULES: readonly Rule[] = [
  { kind: 'space', pattern: /\s+|#[^\n]*/y },
  { kind: 'period', pattern: /\d+(?:ms|s|m|h|d)\b/y },
  { kind: 'number', pattern: /\d+(?:\.\d+)?(?![\w.])/y },
  { kind: 'word', pattern: /[A-Za-z_@][\w.@]*/y },
  { kind: 'field', pattern: /`[^`\n]+`/y, read: (text) => text.slice(1, -1) },
  { kind: 'string', pattern: /"(?:[^"\\\n]|\\["\\])*"|'(?:[^'\\\n]|\\['\\])*'/y, read: unquote },
  { kind: 'symbol', pattern: /!=|<=|>=|=~|[=<>+\-*/%^()[\],|]/y },
];

const REGEX = /\/(?:[^/\\\n]|\\.)+\//y;

const matchAt = (pattern: RegExp, text: string, position: number): string | undefined => {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0];
};

/** A slash begins a regular expression only where one may stand; elsewhere it divides. */
const takesRegex = ({ kind, text }: Token): boolean =>
  (kind === 'word' && text === 'like') || (kind === 'symbol' && text === '=~');

/** The words and signs of a query. Throws `InsightsError` at what is none. */
export const readTokens = (query: string): Token[] => {
  const tokens: Token[] = [];
  let position = 0;
  while (position < query.length) {
    const last = tokens.at(-1);
    const regex = last && takesRegex(last) ? matchAt(REGEX, query, position) : undefined;
    const found = regex === undefined ? readToken(query, position) : { kind: 'regex' as const, text: regex };
    position += found.text.length;
    const read = RULES.find(({ kind }) => kind === found.kind)?.read;
    if (found.kind !== 'space') tokens.push({ kind: found.kind, text: read ? read(found.text) : found.text });
  }
  return tokens;
};

const readToken = (query: string, position: number): { kind: Rule['kind']; text: string } => {
  for (const { kind, pattern } of RULES) {
    const text = matchAt(pattern, query, position);
    if (text !== undefined) return { kind, text };
  }
  throw new InsightsError(
    `Nothing in the language begins with ${JSON.stringify(query.slice(position, position + 20))}.`,
  );
};
