import * as v from 'valibot';
import type { PrometheusServer } from '../../support/prometheus-server';
import { type Labels, seriesKey } from './ledger-series';

/** Every sample of one series that a server holds, in the order of time. Times are seconds since the epoch. */
export type Points = { key: string; name: string; labels: Labels; times: readonly number[]; values: readonly number[] };

const answer = v.object({
  data: v.object({
    result: v.array(
      v.object({
        metric: v.record(v.string(), v.string()),
        values: v.array(v.tuple([v.number(), v.pipe(v.string(), v.transform(Number))])),
      }),
    ),
  }),
});

/** The job of the scrape; what is scraped is on loopback. */
export const JOB = 'fluxgate';

const isOfTheScrape = (label: string, value: string): boolean =>
  label === '__name__' ||
  (label === 'job' && value === JOB) ||
  (label === 'instance' && value.startsWith('127.0.0.1:'));

/** The labels that the gateway gave. */
export const ownLabels = (labels: Labels): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([label, value]) => !isOfTheScrape(label, value)));

/** All samples of the series of these names. */
export const readPoints = async (
  server: PrometheusServer,
  names: readonly string[],
  span: { endsAt: number; seconds: number },
): Promise<Points[]> => {
  const query = `{__name__=~"${names.join('|')}"}[${span.seconds}s]`;
  const path = `/api/v1/query?${new URLSearchParams({ query, time: String(span.endsAt) })}`;
  const { data } = v.parse(answer, await server.get(path));
  return data.result.map(({ metric, values }) => {
    const name = metric.__name__ ?? '';
    const labels = ownLabels(metric);
    return {
      key: seriesKey(name, labels),
      name,
      labels,
      times: values.map(([time]) => time),
      values: values.map(([, value]) => value),
    };
  });
};
