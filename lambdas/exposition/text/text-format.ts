/** A text format in which Prometheus reads metrics. */
export type TextFormat = {
  contentType: string;
  /** What a family is called whose name does not fit its kind. */
  untyped: string;
  /** The name of a family in its metadata, by the name of its samples. */
  toFamilyName: (sampleName: string, type: string) => string;
  /** The lines that describe a family. */
  toMetadata: (described: { name: string; type: string; help: string; unit: string }) => string;
  /** What stands behind the last sample. */
  end: string;
};

const escapeLines = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');

/** The text format of Prometheus, which everything that scrapes can read. */
export const PROMETHEUS_TEXT: TextFormat = {
  contentType: 'text/plain; version=0.0.4; charset=utf-8',
  untyped: 'untyped',
  toFamilyName: (name) => name,
  toMetadata: ({ name, type, help }) => `# HELP ${name} ${escapeLines(help)}\n# TYPE ${name} ${type}\n`,
  end: '',
};

/** OpenMetrics 1.0: counters are named without `_total`, units are said where the name ends in them, and the end shows. */
export const OPENMETRICS: TextFormat = {
  contentType: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  untyped: 'unknown',
  toFamilyName: (name, type) => (type === 'counter' ? name.replace(/_total$/, '') : name),
  toMetadata: ({ name, type, help, unit }) =>
    [
      `# TYPE ${name} ${type}\n`,
      name.endsWith(`_${unit}`) ? `# UNIT ${name} ${unit}\n` : '',
      `# HELP ${name} ${escapeLines(help).replaceAll('"', '\\"')}\n`,
    ].join(''),
  end: '# EOF\n',
};
