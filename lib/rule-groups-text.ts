import type { RuleGroup } from '../dashboards/to-rule-groups';

/** A rule file of Prometheus: YAML, whose texts are written as those of JSON. */
export const toRuleGroupsText = (groups: readonly RuleGroup[]): string =>
  `groups:\n${groups.flatMap(toLines).join('\n')}\n`;

const toLines = ({ name, interval, rules }: RuleGroup): string[] => [
  `  - name: ${JSON.stringify(name)}`,
  `    interval: ${interval}`,
  '    rules:',
  ...rules.flatMap(({ record, expr }) => [
    `      - record: ${JSON.stringify(record)}`,
    `        expr: ${JSON.stringify(expr)}`,
  ]),
];
