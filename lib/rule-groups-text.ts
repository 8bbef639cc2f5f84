import type { RecordingRule } from '../dashboards/recording-rule';

/** Recording rules as a rule file of Prometheus: YAML, whose texts are those of JSON. */
export const toRuleGroupsText = (rules: readonly RecordingRule[], intervalSeconds: number): string => {
  const groups = new Map<string, RecordingRule[]>();
  for (const rule of rules) groups.set(rule.group, [...(groups.get(rule.group) ?? []), rule]);
  const lines = [...groups].flatMap(([name, ofGroup]) => [
    `  - name: ${JSON.stringify(name)}`,
    `    interval: ${intervalSeconds}s`,
    '    rules:',
    ...ofGroup.flatMap(toLines),
  ]);
  return `groups:\n${lines.join('\n')}\n`;
};

const toLines = ({ record, expr, help }: RecordingRule): string[] => [
  `      # ${help}`,
  `      - record: ${JSON.stringify(record)}`,
  `        expr: ${JSON.stringify(expr)}`,
];
