import { evaluate, isTrue, type Scope } from './evaluate';
import { discoverFields, type LogLine } from './log-line';
import { compareNaturally } from './natural-order';
import { parseQuery } from './parse-query';
import { type Column, type Command, InsightsError } from './query';
import { type Row, runStats, scopeOf } from './stats';
import type { Value } from './value';

/** A row of the answer: what each of its columns holds; a missing value is absent. */
export type Answer = Readonly<Record<string, NonNullable<Value>>>;

type State = { rows: readonly Row[]; grouped: boolean; shown: readonly string[]; displayed?: readonly string[] };

/** Without `fields` and `stats` these are shown. */
const SHOWN_BY_DEFAULT = ['@timestamp', '@message'];
const MOST_ROWS = 10_000;

/** The names of the columns in their order, and the rows. */
export type Table = { columns: readonly string[]; rows: Answer[] };

/** Runs a query over lines as Logs Insights is documented to. Throws `InsightsError` where the documentation is silent. */
export const runQuery = (text: string, lines: readonly LogLine[]): Answer[] => tabulate(text, lines).rows;

/** The same with the columns, among which are those that no row has a value in. */
export const tabulate = (text: string, lines: readonly LogLine[]): Table => {
  const newestFirst = [...lines].sort((left, right) => right.timestamp - left.timestamp);
  let state: State = { rows: newestFirst.map(discoverFields), grouped: false, shown: [] };
  for (const command of parseQuery(text)) state = run(command, state);
  const shown = state.displayed ?? (state.shown.length > 0 ? state.shown : SHOWN_BY_DEFAULT);
  return { columns: shown, rows: state.rows.slice(0, MOST_ROWS).map((row) => toAnswer(row, shown)) };
};

const toAnswer = (row: Row, shown: readonly string[]): Answer =>
  Object.fromEntries(
    shown.flatMap((name) => {
      const value = row.get(name) ?? null;
      return value === null ? [] : [[name, value]];
    }),
  );

const scopeIn = ({ grouped }: State, row: Row): Scope => (grouped ? scopeOf(row) : (name) => row.get(name) ?? null);

const run = (command: Command, state: State): State => {
  switch (command.kind) {
    case 'fields':
      return addColumns(command.columns, state);
    case 'display':
      return { ...state, displayed: command.names };
    case 'filter':
      return { ...state, rows: state.rows.filter((row) => isTrue(evaluate(command.condition, scopeIn(state, row)))) };
    case 'stats': {
      if (state.grouped) throw new InsightsError('More than one stats is not understood here.');
      const rows = runStats(
        command,
        state.rows.map((row) => scopeIn(state, row)),
      );
      return { rows, grouped: true, shown: [...command.by, ...command.columns].map(({ name }) => name) };
    }
    case 'sort':
      return { ...state, rows: sort(command.keys, state) };
    case 'limit':
      return { ...state, rows: state.rows.slice(0, command.count) };
  }
};

const addColumns = (columns: readonly Column[], state: State): State => ({
  ...state,
  rows: state.rows.map((row) => {
    const extended = new Map(row);
    for (const { name, is } of columns) extended.set(name, evaluate(is, scopeIn({ ...state }, extended)));
    return extended;
  }),
  shown: [...state.shown, ...columns.map(({ name }) => name)],
});

const sort = (keys: (Command & { kind: 'sort' })['keys'], state: State): Row[] => {
  const keyed = state.rows.map((row) => ({
    row,
    keys: keys.map(({ by }) => keyOf(evaluate(by, scopeIn(state, row)))),
  }));
  keyed.sort((left, right) => {
    for (const [index, { descending }] of keys.entries()) {
      const order = compareNaturally(left.keys[index] ?? '', right.keys[index] ?? '');
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
};

const keyOf = (value: Value): NonNullable<Value> => {
  if (value !== null) return value;
  throw new InsightsError('Where sort puts rows that lack its field is not documented: leave them out first.');
};
