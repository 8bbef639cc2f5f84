/** One sample of the Prometheus text format. */
export type Sample = { name: string; labels: Record<string, string>; value: number };

export type Family = { name: string; type: string; help: string; samples: Sample[] };

const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/;
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;

const parseLabels = (text: string): Record<string, string> => {
  const labels: [string, string][] = [];
  for (let rest = text; rest !== ''; ) {
    const [whole = '', name = '', value = ''] = LABEL.exec(rest) ?? [];
    if (whole === '') throw new Error(`No label can be read at: ${rest}`);
    labels.push([name, value.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped))]);
    rest = rest.slice(whole.length);
  }
  if (new Set(labels.map(([name]) => name)).size !== labels.length) throw new Error(`A label stands twice: ${text}`);
  return Object.fromEntries(labels);
};

/** Reads the text format strictly: each family once, HELP and TYPE first, samples of their family only. Throws otherwise. */
export const parsePrometheusText = (text: string): Map<string, Family> => {
  const families = new Map<string, Family>();
  if (!text.endsWith('\n')) throw new Error('The text does not end with a line end.');
  let current: Family | undefined;
  for (const line of text.slice(0, -1).split('\n')) {
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (kind === 'HELP') {
      if (families.has(name)) throw new Error(`${name} stands twice.`);
      current = { name, type: '', help: rest, samples: [] };
      families.set(name, current);
    } else if (kind === 'TYPE') {
      if (current?.name !== name || current.type !== '') throw new Error(`TYPE of ${name} is out of place.`);
      current.type = rest;
    } else current?.samples.push(parseSample(line, sampleNames(current)));
  }
  return families;
};

const sampleNames = ({ name, type }: Family): string[] =>
  type === 'histogram' ? ['_bucket', '_sum', '_count'].map((suffix) => name + suffix) : [name];

/** Reads a line as a sample that has one of these names. Throws when it is none. */
export const parseSample = (line: string, names: readonly string[]): Sample => {
  const [, name = '', labels = '', value] = SAMPLE.exec(line) ?? [];
  if (!names.includes(name)) throw new Error(`This is no sample of ${names.join(', ')}: ${line}`);
  const number = Number(value);
  if (!Number.isFinite(number)) throw new Error(`This has no finite value: ${line}`);
  return { name, labels: parseLabels(labels), value: number };
};

/** What is wrong with the histograms of a family: bounds, cumulation, +Inf and count. */
export const histogramFaults = ({ name, samples }: Family): string[] => {
  const series = new Map<string, { bounds: number[]; counts: number[]; count?: number; sum?: number }>();
  for (const sample of samples) {
    const { le, ...labels } = sample.labels;
    const key = JSON.stringify(labels);
    const found = series.get(key) ?? { bounds: [], counts: [] };
    series.set(key, found);
    if (sample.name === `${name}_sum`) found.sum = sample.value;
    else if (sample.name === `${name}_count`) found.count = sample.value;
    else {
      found.bounds.push(le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le));
      found.counts.push(sample.value);
    }
  }
  return [...series].flatMap(([key, { bounds, counts, count, sum }]) => {
    const ascends = (values: number[]) =>
      values.every((value, index) => index === 0 || value >= (values[index - 1] ?? 0));
    return [
      ...(bounds.at(-1) === Number.POSITIVE_INFINITY ? [] : [`${key} has no +Inf`]),
      ...(ascends(bounds) && ascends(counts) ? [] : [`${key} is not cumulative`]),
      ...(count === counts.at(-1) && sum !== undefined ? [] : [`${key} has another count than +Inf`]),
    ];
  });
};
