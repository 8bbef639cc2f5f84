import type { SeriesByMetric } from '../../core/counters/series';
import { GatewayError } from '../../core/errors';
import { type ExposedFamily, toFamilies, withAliases } from '../../core/telemetry/aliases';
import { createPage, type Page } from '../http/page';
import type { MetricsQuery } from './read-metrics-query';
import { render } from './render';
import type { TextFormat } from './text-format';

/** Everything that is known at one moment, with what was made of it already. */
export type Snapshot = { series: SeriesByMetric; pages: Map<string, Page> };

export const createSnapshot = (series: SeriesByMetric): Snapshot => ({ series, pages: new Map() });

/** Some 35 MB of text, and with what it is made of most of the function's memory; Lambda would stream 200 MB. */
const MOST_SAMPLES = 300_000;

/** Every scraper makes its own `up` of whatever it scrapes. */
const MADE_BY_SCRAPERS = 'up';

/**
 * GET /metrics as text, made once per moment and wish. Throws `too_many_series` when there is more than one answer can
 * hold.
 */
export const metricsPage = (snapshot: Snapshot, query: MetricsQuery, format: TextFormat): Page => {
  const wish = JSON.stringify([format.contentType, query.aliases, query.names && [...query.names].sort()]);
  const made = snapshot.pages.get(wish);
  if (made !== undefined) return made;
  // First without aliases, which would take the longer the more there is to refuse.
  refuseTooMany(toFamiliesAsked(snapshot.series, { ...query, aliases: false }));
  const families = toFamiliesAsked(snapshot.series, query);
  refuseTooMany(families);
  const page = createPage(format.contentType, render(families, format));
  // One wish by name is not like another: only the pages that scrapers ask for again are kept.
  if (query.names === undefined) snapshot.pages.set(wish, page);
  return page;
};

const toFamiliesAsked = (series: SeriesByMetric, { aliases, names }: MetricsQuery): ExposedFamily[] => {
  const all = aliases ? withAliases(series).filter(({ name }) => name !== MADE_BY_SCRAPERS) : toFamilies(series);
  return names === undefined ? all : all.filter(({ name }) => names.has(name));
};

const refuseTooMany = (families: readonly ExposedFamily[]): void => {
  const samples = families.reduce((sum, { metric, series }) => sum + series.length * samplesOf(metric), 0);
  if (samples <= MOST_SAMPLES) return;
  throw new GatewayError(
    'too_many_series',
    `There are ${samples} samples, and one answer holds ${MOST_SAMPLES}. Leave the aliases out (?aliases=false) or ask for some metrics (?name[]=...).`,
  );
};

const samplesOf = (metric: ExposedFamily['metric']): number =>
  metric.kind === 'histogram' ? metric.buckets.length + 3 : 1;
