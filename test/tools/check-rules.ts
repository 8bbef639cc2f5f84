/** Has Prometheus' own tool read the recording rules and run them over series of its own. Needs `promtool` on the path. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RECORDING_RULES } from '../../dashboards/recording-rules';
import { toRuleGroups } from '../../dashboards/to-rule-groups';
import { RULE_CASES, type RuleCase } from './rules/cases';

const AT = '10m';

/** promtool compares to the last digit: billionths are whole numbers. */
const BILLION = 1e9;

const toTest = ({ name, series, recorded }: RuleCase) => ({
  name,
  interval: '1m',
  input_series: Object.entries(series).map(([one, values]) => ({ series: one, values })),
  promql_expr_test: Object.entries(recorded).map(([record, lines]) => ({
    expr: `round(${record} * ${BILLION})`,
    eval_time: AT,
    exp_samples: Object.entries(lines).map(([labels, value]) => ({
      labels: `{${labels}}`,
      value: Math.round(value * BILLION),
    })),
  })),
});

const promtool = (...command: string[]): void => {
  const { error, status, stdout, stderr } = spawnSync('promtool', command, { encoding: 'utf8' });
  if (error) throw new Error('promtool could not be run. Install the Debian package "prometheus".', { cause: error });
  console.log(`${stdout}${stderr}`.replaceAll(/\n\s*\n/g, '\n').trim());
  if (status !== 0) process.exitCode = 1;
};

const folder = mkdtempSync(join(tmpdir(), 'fluxgate-rules-'));
try {
  const rules = join(folder, 'rules.yml');
  const tests = join(folder, 'tests.yml');
  // JSON is YAML too.
  writeFileSync(rules, JSON.stringify({ groups: toRuleGroups(RECORDING_RULES) }));
  const cases = { rule_files: [rules], evaluation_interval: '1m', tests: RULE_CASES.map(toTest) };
  writeFileSync(tests, JSON.stringify(cases));
  promtool('check', 'rules', rules);
  for (const { name } of RULE_CASES) console.log(`  case: ${name}`);
  promtool('test', 'rules', tests);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
