import type { Answer } from './answer';
import type { Verdict } from './verdict';

const number = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(7)));

const toText = (answer: Answer): string => {
  if (answer.length === 0) return 'nothing';
  const [first] = answer;
  if (answer.length > 1 || first === undefined) return `${answer.length} lines, ${number(sumOf(answer))} in all`;
  return first.values.map(number).join(' or ');
};

const sumOf = (answer: Answer): number => answer.reduce((sum, { values: [value = 0] }) => sum + (value || 0), 0);

const isOfSamples = ({ what }: Verdict): boolean => what.includes('{');

const MOST_SHOWN = 20;

/** A line per question, what is wrong below it, and how many series hold what the ledger says. */
export const toReport = (verdicts: readonly Verdict[]): { text: string; isRight: boolean } => {
  const samples = verdicts.filter(isOfSamples);
  const questions = verdicts.filter((verdict) => !isOfSamples(verdict));
  const wrong = verdicts.filter((verdict) => verdict.wrong.length > 0);
  const width = Math.max(...questions.map(({ what }) => what.length));
  const row = ({ what, where, expected, got, wrong: [...faults] }: Verdict) =>
    [
      `${faults.length === 0 ? 'ok   ' : 'WRONG'} ${where.padEnd(8)} ${what.padEnd(width)}  ${toText(expected).padEnd(34)}  ${toText(got)}`,
      ...faults.slice(0, MOST_SHOWN).map((fault) => `        ${fault}`),
    ].join('\n');
  const wrongSamples = samples.filter((verdict) => verdict.wrong.length > 0);
  const lines = [
    `${''.padEnd(15)}${'question'.padEnd(width)}  ${'the ledger implies'.padEnd(34)}  Prometheus says`,
    ...questions.map(row),
    ...wrongSamples.slice(0, MOST_SHOWN).map(row),
    `${samples.length - wrongSamples.length} of ${samples.length} series hold what the ledger says, sample by sample.`,
    `${questions.filter((verdict) => verdict.wrong.length === 0).length} of ${questions.length} answers are right.`,
  ];
  return { text: `\n${lines.join('\n')}\n`, isRight: wrong.length === 0 };
};
