import { toMarkdown as metrics } from './metrics';

/** Every document that is made of tables in the code, by its path. */
export const DOCUMENTS: Readonly<Record<string, () => string>> = {
  'docs/metrics.md': metrics,
};
