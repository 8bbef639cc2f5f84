import { type Family, histogramFaults, parseSample } from './prometheus-text';

/** What stands behind the name of a family in its samples, by its type. */
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  counter: ['_total', '_created'],
  histogram: ['_bucket', '_count', '_sum', '_created'],
  gauge: [''],
  unknown: [''],
};

export type OpenMetricsFamily = Family & { unit: string };

/**
 * Reads OpenMetrics 1.0 strictly: the end is there and is the end; families stand together, their metadata first and once;
 * units end their names; samples are those of their type; no name is that of two families. Throws otherwise.
 */
export const parseOpenMetrics = (text: string): Map<string, OpenMetricsFamily> => {
  if (!text.endsWith('# EOF\n')) throw new Error('The text does not end with # EOF.');
  const families = new Map<string, OpenMetricsFamily>();
  let current: OpenMetricsFamily | undefined;
  for (const line of text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1)) {
    const [, kind, name = '', rest = ''] = /^# (TYPE|UNIT|HELP) (\S+) (.+)$/.exec(line) ?? [];
    if (line.startsWith('#') && kind === undefined) throw new Error(`This line means nothing: ${line}`);
    if (kind === undefined) current = withSample(current, line);
    else {
      if (current?.name !== name) current = openFamily(families, name);
      describe(current, kind, rest);
    }
  }
  checkNames([...families.values()]);
  return families;
};

const openFamily = (families: Map<string, OpenMetricsFamily>, name: string): OpenMetricsFamily => {
  if (families.has(name)) throw new Error(`${name} stands twice.`);
  const family = { name, type: '', help: '', unit: '', samples: [] };
  families.set(name, family);
  return family;
};

const describe = (family: OpenMetricsFamily, kind: string, rest: string): void => {
  const field = kind === 'TYPE' ? 'type' : kind === 'UNIT' ? 'unit' : 'help';
  if (family.samples.length > 0 || family[field] !== '') throw new Error(`${kind} of ${family.name} is out of place.`);
  if (kind === 'UNIT' && !family.name.endsWith(`_${rest}`)) throw new Error(`${family.name} does not end in ${rest}.`);
  if (kind === 'TYPE' && SUFFIXES[rest] === undefined) throw new Error(`${rest} is no type of ${family.name}.`);
  if (kind === 'HELP' && /(^|[^\\])"/.test(rest))
    throw new Error(`A quote in the help of ${family.name} is not escaped.`);
  family[field] = rest;
};

const withSample = (family: OpenMetricsFamily | undefined, line: string): OpenMetricsFamily => {
  if (family === undefined) throw new Error(`A sample stands before any family: ${line}`);
  const sample = parseSample(
    line,
    (SUFFIXES[family.type] ?? []).map((suffix) => family.name + suffix),
  );
  if (family.type === 'counter' && sample.value < 0) throw new Error(`A counter is negative: ${line}`);
  family.samples.push(sample);
  return family;
};

const checkNames = (families: readonly OpenMetricsFamily[]): void => {
  const owners = new Map<string, string>();
  for (const { name, type } of families) {
    for (const taken of new Set([name, ...(SUFFIXES[type] ?? []).map((suffix) => name + suffix)])) {
      const owner = owners.get(taken);
      if (owner !== undefined) throw new Error(`${owner} and ${name} both have the name ${taken}.`);
      owners.set(taken, name);
    }
  }
};

/** What is wrong with the histograms of a family, also by the stricter rules of OpenMetrics. */
export const openHistogramFaults = (family: Family): string[] => [
  ...histogramFaults(family),
  ...family.samples
    .map(({ labels }) => labels.le)
    .filter((le) => le !== undefined && le !== '+Inf' && !/[.e]/.test(le))
    .map((le) => `${family.name} has the bound ${le}, which does not look like a float`),
];
