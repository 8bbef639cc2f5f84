import type { MetricQuery } from '../../../../dashboards/metric-query';
import type { Expectation } from '../expectation';

/** What one query has to answer, and those of other systems that are right. */
export type Expected = { ours: Expectation; asked?: Readonly<Record<string, Expectation>> };

/** One for every query of a table. */
export type ExpectationsOf<Table extends Readonly<Record<string, MetricQuery>>> = Readonly<
  Record<keyof Table, Expected>
>;
