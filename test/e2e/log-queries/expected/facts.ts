import type { LogQueryTitle } from '../../../../dashboards/log-queries';
import type { LoggingFunction } from '../../../../dashboards/log-query';
import type { RequestRecord } from '../../../../lambdas/core/ledger/record';
import type { LogLine } from '../../../support/insights/log-line';
import type { Answer } from '../../../support/insights/run-query';
import type { QueriedLoad } from '../load';

/** What is known of a load without its logs: its ledger, and what was sent. */
export type Facts = {
  records: readonly RequestRecord[];
  load: QueriedLoad;
  lines: readonly LogLine[];
  logOf(name: LoggingFunction): string;
};

export type Rows = readonly Answer[];
export type Compared = { found: unknown; expected: unknown };

/** What some of the queries must find. */
export type Expected = Readonly<Partial<Record<LogQueryTitle, (rows: Rows, facts: Facts) => Compared>>>;
