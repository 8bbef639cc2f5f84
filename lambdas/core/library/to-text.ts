const HEAD = new Set(['timestamp', 'level', 'message', 'service', 'logger']);

/** A line for people: time, level, logger, message, then the other fields as `name=value`. */
export const toText = (line: object): string => {
  const fields = new Map<string, unknown>(Object.entries(line));
  const head = ['timestamp', 'level', 'logger', 'message'].map((name) => String(fields.get(name)));
  const rest = [...fields]
    .filter(([name]) => !HEAD.has(name))
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return [...head, ...rest].join(' ').replaceAll('\n', '\\n');
};
