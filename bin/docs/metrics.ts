import type { Metric } from '../../lambdas/core/telemetry/metric';
import { METRIC_FAMILIES } from '../../lambdas/core/telemetry/metrics';

const INTRODUCTION = `# Metrics

What \`GET /metrics\` shows and remote write sends, and what CloudWatch gets from the log line of each request (the fourth
column). All of them stand in one catalogue, [\`lambdas/core/telemetry/metrics.ts\`](../lambdas/core/telemetry/metrics.ts), of which
this document is made: \`npm run docs\`.

Every label is a closed set, or a set that the deployment names in its settings; whatever else arrives becomes \`other\`.
\`telemetry_label_overflow_total\` counts what services report under values that nobody named, and records of a version that knew
other values; models and methods that clients make up are not counted. Nothing that a client sends, and no tenant, key, user, session or request id, is a
label: those stand in the ledger and in the logs.

A gauge is *derived* by the exposition from counters and stores, or a *reading* that a service reported with \`POST /v1/telemetry\`
or the library. Everything else is measured from the records of the ledger, by one function, once. A request without a valid key
has no record: it stands in the logs and in CloudWatch, and in none of these series.

An alias is the same values under the name that another system gave the metric, with that system's labels: series that differ in
other labels are added up. \`GET /metrics\` shows aliases unless it is asked with \`?aliases=false\`; remote write sends them when the
setting \`remoteWrite.aliases\` is on.
`;

const code = (text: string): string => `\`${text}\``;
const list = (texts: readonly string[]): string => texts.map(code).join(', ') || 'none';

const kindOf = (metric: Metric): string => (metric.kind === 'gauge' ? `gauge (${metric.origin})` : metric.kind);

const aliasesOf = (name: string, { sources = [] }: Metric): string[] => [
  ...new Set(sources.map((source) => source.name).filter((alias) => alias !== name)),
];

const toRow = ([name, metric]: [string, Metric]): string =>
  `| ${[code(name), kindOf(metric), list(metric.labels), list(Object.keys(metric.emf ?? {})), list(aliasesOf(name, metric)), metric.help].join(' | ')} |`;

const HEAD = '| Metric | Type | Labels | In CloudWatch | Aliases | What |\n| --- | --- | --- | --- | --- | --- |';

const toBuckets = ([name, metric]: [string, Metric]): string[] =>
  metric.kind === 'histogram' ? [`| ${code(name)} | ${metric.unit} | ${metric.buckets.join(', ')} |`] : [];

/** docs/metrics.md. */
export const toMarkdown = (): string => {
  const families = Object.entries(METRIC_FAMILIES).map(([family, metrics]): [string, [string, Metric][]] => [
    family,
    Object.entries<Metric>(metrics),
  ]);
  const tables = families.map(([family, metrics]) => `## ${family}\n\n${HEAD}\n${metrics.map(toRow).join('\n')}\n`);
  const buckets = families.flatMap(([, metrics]) => metrics.flatMap(toBuckets));
  return [
    INTRODUCTION,
    ...tables,
    `## Buckets\n\nUpper bounds; the last bucket of each is \`+Inf\`.\n\n| Histogram | Unit | Bounds |\n| --- | --- | --- |\n${buckets.join('\n')}\n`,
  ].join('\n');
};
