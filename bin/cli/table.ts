/** Rows under their headings, in columns as wide as they need to be. */
export const formatTable = (rows: readonly Readonly<Record<string, string>>[]): string => {
  const [first] = rows;
  if (!first) return '';
  const headings = Object.keys(first);
  const widths = headings.map((heading) =>
    Math.max(...[heading, ...rows.map((row) => row[heading] ?? '')].map(widthOf)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [headings, ...rows.map((row) => headings.map((heading) => row[heading] ?? ''))].map(line).join('\n');
};

/** One record, a field a line. */
export const formatFields = (fields: Readonly<Record<string, string>>): string => {
  const width = Math.max(...Object.keys(fields).map(widthOf));
  return Object.entries(fields)
    .map(([name, value]) => `${pad(name, width)}  ${value}`.trimEnd())
    .join('\n');
};

const widthOf = (text: string): number => [...text].length;
const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));
