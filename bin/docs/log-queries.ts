import { LOG_QUERIES } from '../../dashboards/log-queries';
import type { AskedElsewhere, LogQuery } from '../../dashboards/log-query';
import { type Answer, type Table, tabulate } from '../../test/support/insights/run-query';
import { EXAMPLE_LINES } from './log-queries/example-lines';
import { EXAMPLE_VALUES } from './log-queries/example-values';

const INTRODUCTION = `## Questions to the logs

The stack saves each of them as a query of CloudWatch Logs Insights, in the console under Logs Insights, Saved queries,
\`<stack>/<folder>/<title>\`, over the log groups of the functions that write what it reads. What stands in double braces is asked for
when the query is run. A query reads every line of its time range and is paid for by the gigabyte: choose a short one.

The fields are those of [\`log-schema.ts\`](../lambdas/core/telemetry/log-schema.ts). Booleans are 1 and 0 in Logs Insights, and a
field that does not apply is missing. Every request ends with one line, \`request_completed\`, \`request_error\` or
\`request_abandoned\`; counts and sums are made of those lines only, and of \`requests\`, because refusals that repeat within a minute
share a line. A line is never changed: when the end of a request that was given up comes in after all, the ledger, the counters and
\`/metrics/stats\` apply the difference, while its \`request_abandoned\` line keeps what had been held. With the setting \`logRequests\` off, the lines of requests that went well are left out, and so are they from the answers.

The answers below come from made-up lines. The tests run every query over the lines of real requests to the local machine, and compare
what it finds with the ledger; an evaluator of our own stands in for Logs Insights there, so that the service itself takes each
query is not proved.

To look at one request there is a command too, and locally it is the only way:

\`\`\`sh
npm run fluxgate -- logs <request id>                         # or a correlation, session or trace id
npm run fluxgate -- logs <request id> --stack Fluxgate-dev --since 2h
npm run fluxgate -- logs --follow                             # what the local machine logs from now on
\`\`\`

For a stack, Live Tail shows lines as they arrive: in the console under Live Tail, or with \`aws logs start-live-tail
--log-group-identifiers <arn of the log group> --log-event-filter-pattern '{ $.level = "ERROR" }'\`. It costs by the minute.
`;

/** Rows of an example that are shown. */
const MOST_ROWS = 3;
const LONGEST_CELL = 60;

/** The part of docs/queries.md about the logs. */
export const toMarkdown = (): string => {
  const folders = [...new Set(LOG_QUERIES.map(({ folder }) => folder))];
  const toFolder = (folder: string): string =>
    [`### ${folder}\n`, ...LOG_QUERIES.filter((query) => query.folder === folder).map(toSection)].join('\n');
  return [INTRODUCTION, ...folders.map(toFolder)].join('\n');
};

const toSection = (query: LogQuery): string => {
  const { title, answers, text, asked = [] } = query;
  const others = asked.length === 0 ? '' : `\n${asked.map(toAsked).join('\n')}\n`;
  return `#### ${title}\n\n${answers}\n\n\`\`\`\n${text}\n\`\`\`\n\n${toTable(runExample(query))}\n${others}`;
};

const toAsked = ({ system, in: language, fault }: AskedElsewhere): string =>
  `- Also asked by ${system}, in ${language}${fault === undefined ? '.' : `: ${fault}`}`;

/** The query's answer over the example lines of the functions over which it runs. */
const runExample = ({ text, over, parameters = [] }: LogQuery): Table => {
  const filled = parameters.reduce(
    (left, { name }) => left.replaceAll(`{{${name}}}`, EXAMPLE_VALUES[name] ?? ''),
    text,
  );
  const lines = EXAMPLE_LINES.filter(({ log }) => over === 'all' || over.some((name) => log.endsWith(`-${name}`)));
  return tabulate(filled, lines);
};

const toTable = ({ columns, rows }: Table): string => {
  const toRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const more = rows.length > MOST_ROWS ? `\n\nand ${rows.length - MOST_ROWS} more.` : '';
  const shown = rows.slice(0, MOST_ROWS).map((row) => toRow(columns.map((name) => toCell(row[name]))));
  return [toRow(columns), toRow(columns.map(() => '---')), ...shown].join('\n') + more;
};

const toCell = (value: Answer[string] | undefined): string => {
  if (value === undefined) return '';
  const text = String(typeof value === 'number' ? Number(value.toPrecision(6)) : value).replaceAll('|', '\\|');
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}...` : text;
};
