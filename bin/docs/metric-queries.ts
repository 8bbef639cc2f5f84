import { METRIC_QUERY_SUBJECTS } from '../../dashboards/metric-queries';
import type { AskedElsewhere, MetricQuery } from '../../dashboards/metric-query';
import type { RecordingRule } from '../../dashboards/recording-rule';
import { RECORDING_RULES } from '../../dashboards/recording-rules';

const INTRODUCTION = `## Questions to Prometheus

They work on what \`GET /metrics\` shows and on what remote write sends, in a Prometheus 2.37 or later and in Amazon Managed
Prometheus. Windows are at least four samples long at one sample a minute; \`rate\` and \`increase\` extrapolate to the ends of their
windows, so a count may be a fraction. For money to the cent ask \`GET /metrics/stats\`.

Remote write begins every series at 0, so that its first event shows as an increase. A scraper first sees a series as it then is,
unless its labels could be foreseen: what it had counted by then is in the sums, and not in \`rate\` and \`increase\`. Let scrapers honour
labels (\`honor_labels: true\`), for series of databases have a label \`instance\` of their own.

Where another system asks the same over its own names, its query stands below ours: as it is where it is right over the aliases, else
with what is wrong with it. Remote write sends aliases only with the setting \`remoteWrite.aliases\`.

\`npx tsx test/tools/check-prometheus.ts\` runs a mixed load on the local machine while a real Prometheus scrapes it, writes an hour of
it to a second one, asks both every question below, and compares each answer with what the ledger implies. Not proved by it: that
Managed Prometheus, behind its signatures and quotas, answers the same.
`;

const fenced = (expression: string): string => `\`\`\`promql\n${expression}\n\`\`\``;

const toAsked = ({ system, expression, fault, note }: AskedElsewhere): string => {
  const verdict = fault === undefined ? (note ?? 'Right as it stands.') : `Not right: ${lowerFirst(fault)}`;
  return `- ${system}: \`${expression}\`. ${verdict}`;
};

/** A name keeps its letters. */
const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]*\b/.test(text) ? text[0]?.toLowerCase() + text.slice(1) : text;

const toSection = ({ title, answers, expression, note, asked = [] }: MetricQuery): string => {
  const told = note === undefined ? answers : `${answers} ${note}`;
  const others = asked.length === 0 ? '' : `\n${asked.map(toAsked).join('\n')}\n`;
  return `#### ${title}\n\n${told}\n\n${fenced(expression)}\n${others}`;
};

const toSubject = ([subject, queries]: [string, Readonly<Record<string, MetricQuery>>]): string =>
  [`### ${subject}\n`, ...Object.values(queries).map(toSection)].join('\n');

const isPercentile = ({ group }: RecordingRule): boolean => group.startsWith('percentiles:');

const toRule = ({ record, help, expr }: RecordingRule): string =>
  `| \`${record}\` | ${help} | \`${expr.replaceAll('|', '\\|')}\` |`;

const RULES = `### Recording rules

Managed Prometheus records these series every minute. Without traffic a ratio, a mean or a percentile has no sample, rather than one
that is no number. The last six are gauges that \`GET /metrics\` works out itself; remote write leaves them to these rules.
Beside them, every latency of the catalogue has \`<metric>:p50_5m\`, \`p90\`, \`p95\` and \`p99\`, those that are asked for by a label
also \`<label>:<metric>:p50_5m\` and so on.

| Series | What | Expression |
| --- | --- | --- |
`;

/** The part of docs/queries.md about Prometheus. */
export const toMarkdown = (): string =>
  [
    INTRODUCTION,
    ...Object.entries<Readonly<Record<string, MetricQuery>>>(METRIC_QUERY_SUBJECTS).map(toSubject),
    `${RULES}${RECORDING_RULES.filter((rule) => !isPercentile(rule))
      .map(toRule)
      .join('\n')}\n`,
  ].join('\n');
