export type Sample = { name: string; labels: Readonly<Record<string, string>>; value: number };

const LINE = /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? (\S+)$/i;
const LABEL = /([a-z_][a-z0-9_]*)="((?:[^"\\]|\\.)*)"/gi;

/** The samples of a text in Prometheus format. Throws on a line that is none. */
export const readSamples = (text: string): Sample[] =>
  text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, labels = '', value] = LINE.exec(line) ?? [];
      if (name === undefined) throw new Error(`This is no sample: ${line}`);
      const read = [...labels.matchAll(LABEL)].map(([, label, text]) => [label, text] as const);
      return { name, labels: Object.fromEntries(read), value: Number(value) };
    });

/** Values by label values, in the order in which `labels` names them; series at 0 are left out. */
export const valuesOf = (
  samples: readonly Sample[],
  name: string,
  labels: readonly string[],
): Record<string, number> => {
  const values: Record<string, number> = {};
  for (const sample of samples) {
    if (sample.name !== name || sample.value === 0) continue;
    const key = labels.map((label) => sample.labels[label]).join(' ');
    values[key] = (values[key] ?? 0) + sample.value;
  }
  return values;
};

export const sumOf = (samples: readonly Sample[], name: string): number =>
  samples.reduce((sum, sample) => (sample.name === name ? sum + sample.value : sum), 0);

/** What tells a series from another, for every series there is. */
export const seriesIn = (samples: readonly Sample[]): string[] =>
  samples.map(({ name, labels }) => `${name}${JSON.stringify(Object.entries(labels).sort())}`).sort();
