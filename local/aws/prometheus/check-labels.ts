import type { WrittenSeries } from './written-series';

const MOST_LABELS = 70;
const LONGEST_NAME = 1_024;
const LONGEST_VALUE = 2_048;

type Labels = WrittenSeries['labels'];

/** What is wrong with the labels of a series, in the receiver's words; undefined when nothing is. */
export const findLabelFault = (labels: Labels): string | undefined => {
  const metric = labels.find(([name]) => name === '__name__')?.[1];
  if (metric === undefined) return 'sample missing metric name';
  if (!/^[a-zA-Z_:][\w:]*$/.test(metric)) return `sample invalid metric name: ${quote(metric)}`;
  if (labels.length > MOST_LABELS) {
    return `series has too many labels (actual: ${labels.length}, limit: ${MOST_LABELS}) series: '${toText(labels)}'`;
  }
  return labels.map((_, index) => findFaultAt(labels, index, metric)).find((fault) => fault !== undefined);
};

const findFaultAt = (labels: Labels, index: number, metric: string): string | undefined => {
  const [name, value] = labels[index] ?? ['', ''];
  const before = labels[index - 1]?.[0];
  if (!/^[a-zA-Z_]\w*$/.test(name)) return `sample invalid label: ${quote(name)} metric ${quote(metric)}`;
  if (name.length > LONGEST_NAME) return `label name too long: ${quote(name)} metric ${quote(metric)}`;
  // Receivers may take an empty value for no label at all; who sends one has made a mistake.
  if (value === '') return `sample invalid label: ${quote(name)} has no value, metric ${quote(metric)}`;
  if (value.length > LONGEST_VALUE) {
    return `label value too long for metric: ${quote(metric)} label value: ${quote(value)}`;
  }
  if (before === name) return `duplicate label name: ${quote(name)} metric ${quote(metric)}`;
  if (before !== undefined && before > name) return `labels not sorted: ${quote(name)} metric ${quote(metric)}`;
  return undefined;
};

const quote = (text: string): string => JSON.stringify(text.slice(0, 200));

/** A series as Prometheus writes it: `{__name__="up", job="fluxgate"}`. */
export const toText = (labels: Labels): string =>
  `{${labels.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')}}`;
