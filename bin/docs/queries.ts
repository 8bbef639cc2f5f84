import { toMarkdown as logQueries } from './log-queries';
import { toMarkdown as metricQueries } from './metric-queries';

const INTRODUCTION = `# Saved queries

Questions that people ask of the logs and of the metrics, with an answer each. They stand as data in [\`dashboards/\`](../dashboards/),
are deployed from there, and this document is made of them: \`npm run docs\`.
`;

/** docs/queries.md */
export const toMarkdown = (): string => [INTRODUCTION, logQueries(), metricQueries()].join('\n');
