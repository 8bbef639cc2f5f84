import { toMarkdown as logs } from './logs';
import { toMarkdown as metrics } from './metrics';
import { toMarkdown as queries } from './queries';

/** Every document that is made of tables in the code, by its path. */
export const DOCUMENTS: Readonly<Record<string, () => string>> = {
  'docs/logs.md': logs,
  'docs/metrics.md': metrics,
  'docs/queries.md': queries,
};
