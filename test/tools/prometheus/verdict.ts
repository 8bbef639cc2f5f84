import { type Answer, differences } from './answer';

/** Whether one answer of one server was what the ledger implies. */
export type Verdict = {
  /** Of a question, of a recorded series, of the samples of a series, or of the first of them. */
  kind: 'question' | 'rule' | 'samples' | 'beginning';
  /** What was asked, in a few words. */
  what: string;
  /** Where: how the metrics came in. */
  where: string;
  expected: Answer;
  got: Answer;
  wrong: readonly string[];
};

export const judge = (
  asked: Pick<Verdict, 'kind' | 'what' | 'where'>,
  expected: Answer,
  got: Answer,
  tolerance = 0,
): Verdict => ({
  ...asked,
  expected,
  got,
  wrong: differences(expected, got, tolerance),
});
