import { parseExpression, toText } from './parse-expression';
import { type Column, type Command, InsightsError, type Query } from './query';
import { createTokenReader, type TokenReader } from './token-reader';
import { readTokens } from './tokens';

/** More than this many rows are never answered. */
const MOST_ROWS = 10_000;

/** Parses a query of the subset that the saved queries use. Throws `InsightsError` for anything else. */
export const parseQuery = (text: string): Query => {
  const reader = createTokenReader(readTokens(text));
  const commands: Command[] = [];
  do commands.push(parseCommand(reader));
  while (reader.take('|'));
  const surplus = reader.peek();
  if (surplus) throw new InsightsError(`${surplus.text} is not expected here.`);
  return commands;
};

const parseCommand = (reader: TokenReader): Command => {
  const { text: name } = reader.next();
  const parse = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!parse) throw new InsightsError(`The command ${name} is not among ${Object.keys(COMMANDS).join(', ')}.`);
  return parse(reader);
};

const parseLimit = (reader: TokenReader): Command => {
  const { kind, text } = reader.next();
  const count = Number(text);
  if (kind !== 'number' || !Number.isInteger(count) || count < 1 || count > MOST_ROWS)
    throw new InsightsError(`limit takes a whole number up to ${MOST_ROWS}, not ${text}.`);
  return { kind: 'limit', count };
};

const parseSortKey = (reader: TokenReader) => {
  const by = parseExpression(reader);
  const descending = reader.take('desc');
  if (!descending) reader.take('asc');
  return { by, descending };
};

const parseStats = (reader: TokenReader): Command => {
  const columns = parseList(reader, parseColumn);
  return { kind: 'stats', columns, by: reader.take('by') ? parseList(reader, parseColumn) : [] };
};

const parseDisplayed = (reader: TokenReader): string => {
  const expression = parseExpression(reader);
  if (expression.kind !== 'field') throw new InsightsError('display takes names of fields only.');
  return expression.name;
};

const COMMANDS: Readonly<Record<string, (reader: TokenReader) => Command>> = {
  fields: (reader) => ({ kind: 'fields', columns: parseList(reader, parseColumn) }),
  display: (reader) => ({ kind: 'display', names: parseList(reader, parseDisplayed) }),
  filter: (reader) => ({ kind: 'filter', condition: parseExpression(reader) }),
  stats: parseStats,
  sort: (reader) => ({ kind: 'sort', keys: parseList(reader, parseSortKey) }),
  limit: parseLimit,
};

const parseList = <T>(reader: TokenReader, parse: (reader: TokenReader) => T): T[] => {
  const list = [parse(reader)];
  while (reader.take(',')) list.push(parse(reader));
  return list;
};

const parseColumn = (reader: TokenReader): Column => {
  const is = parseExpression(reader);
  if (!reader.take('as')) return { name: toText(is), is };
  const { kind, text } = reader.next();
  if (kind !== 'word' && kind !== 'field') throw new InsightsError(`${text} is no name for a column.`);
  return { name: text, is };
};
