/** The JSON object in a log line: the whole line, or what follows the prefix that `console` puts before it. */
export const readEmbedded = (line: string): Readonly<Record<string, unknown>> | undefined => {
  const start = line.indexOf('{');
  if (start < 0 || !line.endsWith('}')) return undefined;
  try {
    const value: unknown = JSON.parse(line.slice(start));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
