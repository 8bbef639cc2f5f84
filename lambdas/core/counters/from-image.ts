const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A DynamoDB item, as a stream event carries it, as plain values. Kinds that the ledger does not use (sets, binaries)
 * throw, for what cannot be read must not be guessed.
 */
export const fromImage = (image: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(image).map(([name, attribute]) => [name, fromAttribute(name, attribute)]));

const fromAttribute = (name: string, attribute: unknown): unknown => {
  const [kind, value] = isObject(attribute) ? (Object.entries(attribute)[0] ?? []) : [];
  if (kind === 'S' || kind === 'BOOL') return value;
  if (kind === 'N') return Number(value);
  if (kind === 'NULL') return null;
  if (kind === 'L' && Array.isArray(value)) return value.map((entry) => fromAttribute(name, entry));
  if (kind === 'M' && isObject(value)) return fromImage(value);
  throw new Error(`The attribute "${name}" is of a kind that ledger records do not have.`);
};
