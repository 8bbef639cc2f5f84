import type { HistogramSeries, Series, SeriesByMetric } from '../core/counters/series';
import { type Metric, UNITS } from '../core/telemetry/metric';
import { METRICS_BY_NAME } from '../core/telemetry/metrics';
import { formatAmount } from './format-amount';

export const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Series in the Prometheus text format, in the order of the catalogue; metrics without series are left out. */
export const render = (series: SeriesByMetric): string =>
  [...METRICS_BY_NAME].flatMap(([name, metric]) => renderMetric(name, metric, series.get(name) ?? [])).join('');

const renderMetric = (name: string, metric: Metric, series: readonly Series[]): string[] => {
  if (series.length === 0) return [];
  const lines = series.map((one) => renderSeries(name, metric, one)).sort();
  return [`# HELP ${name} ${escapeHelp(metric.help)}\n`, `# TYPE ${name} ${metric.kind}\n`, ...lines];
};

const renderSeries = (name: string, metric: Metric, series: Series): string =>
  series.kind === 'value'
    ? sample(name, series.labels, formatAmount(series.value, UNITS[metric.unit].decimals))
    : renderHistogram(name, metric, series);

const renderHistogram = (name: string, metric: Metric, { labels, buckets, sum }: HistogramSeries): string => {
  const bounds = metric.kind === 'histogram' ? [...metric.buckets.map(String), '+Inf'] : [];
  let below = 0n;
  const lines = bounds.map((le, index) => {
    below += buckets[index] ?? 0n;
    return sample(`${name}_bucket`, { ...labels, le }, String(below));
  });
  return [
    ...lines,
    sample(`${name}_sum`, labels, formatAmount(sum, UNITS[metric.unit].decimals)),
    sample(`${name}_count`, labels, String(below)),
  ].join('');
};

const sample = (name: string, labels: Readonly<Record<string, string>>, value: string): string => {
  const pairs = Object.entries(labels).map(([label, of]) => `${label}="${escapeValue(of)}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}\n`;
};

const escapeHelp = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');

const escapeValue = (text: string): string => escapeHelp(text).replaceAll('"', '\\"');
