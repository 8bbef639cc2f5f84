import type { Answer } from './answer';
import type { Verdict } from './verdict';

const number = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(7)));

const toText = (answer: Answer): string => {
  const [first] = answer;
  if (first === undefined) return 'nothing';
  if (answer.length > 1) return `${answer.length} lines, ${number(sumOf(answer))} in all`;
  return first.values.map(number).join(' or ');
};

const sumOf = (answer: Answer): number => answer.reduce((sum, { values: [value = 0] }) => sum + (value || 0), 0);

/** Faults of one answer, and series at fault, that are shown. */
const MOST_SHOWN = 10;

const toRow =
  (width: number) =>
  ({ what, where, expected, got, wrong }: Verdict): string =>
    [
      `${wrong.length === 0 ? 'ok   ' : 'WRONG'} ${where.padEnd(8)} ${what.padEnd(width)}  ${toText(expected).padEnd(34)}  ${toText(got)}`,
      ...wrong.slice(0, MOST_SHOWN).map((fault) => `        ${fault}`),
    ].join('\n');

/** What kinds of verdicts are told of, and how; the first two with a line for each. */
const KINDS: readonly { kind: Verdict['kind']; each: boolean; told: string }[] = [
  { kind: 'question', each: true, told: 'answers to saved questions are right' },
  { kind: 'rule', each: true, told: 'recorded series are right' },
  { kind: 'samples', each: false, told: 'series hold what the ledger says, sample by sample' },
  { kind: 'beginning', each: false, told: 'series begin at 0' },
];

/** Those that are wrong come last, where they are seen. */
const wrongLast = (verdicts: readonly Verdict[]): Verdict[] => [
  ...verdicts.filter(({ wrong }) => wrong.length === 0),
  ...verdicts.filter(({ wrong }) => wrong.length > 0),
];

/** A line for each answer, what is wrong below it, and sums of what is right. */
export const toReport = (verdicts: readonly Verdict[]): { text: string; isRight: boolean } => {
  const listed = KINDS.flatMap(({ kind, each }) => {
    const own = verdicts.filter((verdict) => verdict.kind === kind);
    return each ? own : own.filter(({ wrong }) => wrong.length > 0).slice(0, MOST_SHOWN);
  });
  const width = Math.max(...listed.map(({ what }) => what.length));
  const sums = KINDS.map(({ kind, told }) => {
    const own = verdicts.filter((verdict) => verdict.kind === kind);
    return `${own.filter(({ wrong }) => wrong.length === 0).length} of ${own.length} ${told}.`;
  });
  const head = `${''.padEnd(15)}${'asked'.padEnd(width)}  ${'the ledger implies'.padEnd(34)}  Prometheus says`;
  const isRight = verdicts.every(({ wrong }) => wrong.length === 0);
  return { text: `\n${[head, ...wrongLast(listed).map(toRow(width)), '', ...sums].join('\n')}\n`, isRight };
};
