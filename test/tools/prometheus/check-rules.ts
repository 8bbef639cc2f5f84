import type { RecordingRule } from '../../../dashboards/recording-rule';
import { ask } from './check-queries';
import { evaluationOf } from './evaluation';
import { RULE_EXPECTATIONS } from './expectations/rules';
import type { Sight } from './sight';
import { judge, type Verdict } from './verdict';

/** Holds what the server has recorded against what the ledger implies at the time of the recording. */
export const checkRules = async (sight: Sight, rules: readonly RecordingRule[]): Promise<Verdict[]> => {
  const verdicts: Verdict[] = [];
  for (const rule of rules) verdicts.push(await checkRule(sight, rule));
  return verdicts;
};

const checkRule = async (sight: Sight, { record }: RecordingRule): Promise<Verdict> => {
  const expectation = RULE_EXPECTATIONS.get(record);
  if (expectation === undefined) throw new Error(`Nothing says what ${record} has to be.`);
  const at = await evaluationOf(sight, record);
  return judge(
    { kind: 'rule', what: record, where: sight.name },
    expectation(sight.knownAt(at)),
    await ask(sight, record, at),
  );
};
