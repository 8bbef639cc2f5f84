import { spawnSync } from 'node:child_process';
import { PROMETHEUS_TEXT } from '../../lambdas/exposition/text/text-format';
import { exposedText } from '../support/exposed-text';

/** Has Prometheus' own linter read what GET /metrics says. Needs `promtool` on the path; exits non-zero without it. */
const { error, status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
  input: exposedText(PROMETHEUS_TEXT),
  encoding: 'utf8',
});
if (error) {
  console.error(
    'promtool could not be run. Install the Debian package "prometheus", or put promtool on the path.',
    error,
  );
  process.exit(1);
}
console.log(`${stdout}${stderr}`.trim() || 'promtool finds nothing wrong with the metrics.');
process.exit(status ?? 1);
