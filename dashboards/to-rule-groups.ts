import type { RecordingRule } from './recording-rule';

export type RuleGroup = { name: string; interval: string; rules: { record: string; expr: string }[] };

/** What stands under `groups:` of a rule file: each group once, evaluated every `intervalSeconds`. */
export const toRuleGroups = (rules: readonly RecordingRule[], intervalSeconds = 60): RuleGroup[] => {
  const groups = new Map<string, RuleGroup>();
  for (const { group, record, expr } of rules) {
    const own = groups.get(group) ?? { name: group, interval: `${intervalSeconds}s`, rules: [] };
    groups.set(group, own);
    own.rules.push({ record, expr });
  }
  return [...groups.values()];
};
