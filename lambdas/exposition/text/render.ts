import type { HistogramSeries, Series } from '../../core/counters/series';
import type { ExposedFamily } from '../../core/telemetry/aliases';
import { toBoundLabel } from '../../core/telemetry/bound-label';
import { type Metric, UNITS } from '../../core/telemetry/metric';
import { formatAmount } from './format-amount';
import type { TextFormat } from './text-format';

/** Families in a text format; what has no series is left out. */
export const render = (families: readonly ExposedFamily[], format: TextFormat): string =>
  families.map((family) => renderFamily(family, format)).join('') + format.end;

const renderFamily = ({ name, help, metric, series }: ExposedFamily, format: TextFormat): string => {
  if (series.length === 0) return '';
  const type = isNamedFor(metric.kind, name) ? metric.kind : format.untyped;
  const renderSeries = seriesRenderer(name, metric);
  const samples = series.map(renderSeries).sort();
  const described = { name: format.toFamilyName(name, type), type, help, unit: metric.unit };
  return format.toMetadata(described) + samples.join('');
};

/** Names of other systems do not always fit: both formats take a counter for one only if it ends in `_total`. */
const isNamedFor = (kind: Metric['kind'], name: string): boolean => (kind === 'counter') === name.endsWith('_total');

const seriesRenderer = (name: string, metric: Metric): ((series: Series) => string) => {
  const { decimals } = UNITS[metric.unit];
  const bounds = metric.kind === 'histogram' ? [...metric.buckets.map(toBoundLabel), '+Inf'] : [];
  return (series) => {
    const labels = toLabelText(series.labels);
    return series.kind === 'value'
      ? `${name}${labels && `{${labels}}`} ${formatAmount(series.value, decimals)}\n`
      : renderHistogram({ name, labels, bounds, decimals }, series);
  };
};

type Histogram = { name: string; labels: string; bounds: readonly string[]; decimals: number };

const renderHistogram = ({ name, labels, bounds, decimals }: Histogram, { buckets, sum }: HistogramSeries): string => {
  const before = `${name}_bucket{${labels && `${labels},`}le="`;
  const braced = labels && `{${labels}}`;
  let below = 0n;
  let text = '';
  for (const [index, bound] of bounds.entries()) {
    below += buckets[index] ?? 0n;
    text += `${before}${bound}"} ${below}\n`;
  }
  return `${text}${name}_sum${braced} ${formatAmount(sum, decimals)}\n${name}_count${braced} ${below}\n`;
};

const toLabelText = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([label, value]) => `${label}="${escapeValue(value)}"`)
    .join(',');

const SPECIAL = /[\\\n"]/g;

const escapeValue = (text: string): string => text.replace(SPECIAL, (found) => (found === '\n' ? '\\n' : `\\${found}`));
