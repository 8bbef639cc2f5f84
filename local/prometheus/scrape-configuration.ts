export type ScrapeOptions = {
  /** `127.0.0.1:8585` */
  readonly target: string;
  readonly apiKey: string;
  /** Of the deployed stack's workspaces. */
  readonly rules: readonly RuleFile[];
};

export type RuleFile = { readonly path: string; readonly text: string };

/** How often the systems whose metrics these are scrape. */
const SCRAPE_INTERVAL = '15s';

/** The configuration of a Prometheus that scrapes one gateway and keeps the rules of its workspace. */
export const toScrapeConfiguration = ({ target, apiKey, rules }: ScrapeOptions): object => ({
  global: { scrape_interval: SCRAPE_INTERVAL, evaluation_interval: '60s' },
  rule_files: rules.map(({ path }) => path),
  scrape_configs: [
    {
      job_name: 'fluxgate',
      // Series of databases have a label "instance" of their own, which the scrape's would push aside.
      honor_labels: true,
      authorization: { credentials: apiKey },
      static_configs: [{ targets: [target] }],
      // What a rule records and GET /metrics works out too would be there twice.
      metric_relabel_configs: rules.flatMap(({ text }) => recordedNames(text)).map(toDrop),
    },
  ],
});

/** Names without a level in front, as `level:metric:operation` has it: those that a scrape can have as well. */
const recordedNames = (text: string): string[] =>
  [...text.matchAll(/record: "([^":]+)"/g)].map(([, name = '']) => name);

const toDrop = (name: string): object => ({ source_labels: ['__name__'], regex: name, action: 'drop' });
