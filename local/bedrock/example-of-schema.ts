type Schema = Readonly<Record<string, unknown>>;

type Place = {
  /** The whole schema: references point into it. */
  root: Schema;
  /** The property that is being filled. */
  name: string;
  /** Nesting so far; recursive schemas are cut. */
  depth: number;
};

const MAX_DEPTH = 8;

const FORMATS: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  time: '12:00:00Z',
  'date-time': '2026-01-31T12:00:00Z',
  email: 'someone@example.com',
  uri: 'https://example.com/',
  uuid: '00000000-0000-4000-8000-000000000000',
};

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const schemaAt = (root: Schema, reference: string): Schema => {
  const steps = reference.replace(/^#\/?/, '').split('/').filter(Boolean);
  const found = steps.reduce<unknown>((at, step) => (isSchema(at) ? at[step] : undefined), root);
  return isSchema(found) ? found : {};
};

const firstOf = (list: unknown): unknown => (Array.isArray(list) ? list[0] : undefined);

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

const exampleString = (schema: Schema, name: string): string => {
  const text = FORMATS[String(schema.format)] ?? `simulated ${name}`;
  return text.padEnd(numberOf(schema.minLength) ?? 0, '.').slice(0, numberOf(schema.maxLength));
};

const exampleNumber = (schema: Schema): number => {
  const least = numberOf(schema.minimum) ?? (numberOf(schema.exclusiveMinimum) ?? 0) + 1;
  const most = numberOf(schema.maximum) ?? Number.POSITIVE_INFINITY;
  return Math.min(least, most);
};

const exampleArray = (schema: Schema, place: Place): unknown[] => {
  const item = isSchema(schema.items) ? schema.items : { type: 'string' };
  const length = Math.max(1, numberOf(schema.minItems) ?? 1);
  return Array.from({ length }, () => example(item, { ...place, depth: place.depth + 1 }));
};

const exampleObject = (schema: Schema, place: Place): Record<string, unknown> => {
  const properties = isSchema(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  const filled = required.map((name) => {
    const property = properties[name];
    return [name, example(isSchema(property) ? property : {}, { ...place, name, depth: place.depth + 1 })] as const;
  });
  return Object.fromEntries(filled);
};

const typeOf = (schema: Schema): string => {
  const named = Array.isArray(schema.type) ? schema.type.find((type) => type !== 'null') : schema.type;
  return typeof named === 'string' ? named : isSchema(schema.properties) ? 'object' : 'string';
};

const BY_TYPE: Readonly<Record<string, (schema: Schema, place: Place) => unknown>> = {
  string: (schema, { name }) => exampleString(schema, name),
  integer: (schema) => Math.ceil(exampleNumber(schema)),
  number: exampleNumber,
  boolean: () => true,
  null: () => null,
  array: exampleArray,
  object: exampleObject,
};

/** A reference or the first of several alternatives, when the schema is one. */
const behind = (schema: Schema, root: Schema): Schema | undefined => {
  if (typeof schema.$ref === 'string') return schemaAt(root, schema.$ref);
  const alternative = firstOf(schema.anyOf) ?? firstOf(schema.oneOf) ?? firstOf(schema.allOf);
  return isSchema(alternative) ? alternative : undefined;
};

const example = (schema: Schema, place: Place): unknown => {
  if (place.depth > MAX_DEPTH) return null;
  const given = schema.const ?? schema.default ?? firstOf(schema.enum) ?? firstOf(schema.examples);
  if (given !== undefined) return given;
  const other = behind(schema, place.root);
  if (other) return example(other, { ...place, depth: place.depth + 1 });
  return BY_TYPE[typeOf(schema)]?.(schema, place) ?? null;
};

/** An object that satisfies a tool's JSON schema: its required properties, each by constant, enum, type and bounds. */
export const exampleOfSchema = (schema: Schema): Record<string, unknown> => {
  const found = example(schema, { root: schema, name: 'arguments', depth: 0 });
  return isSchema(found) ? { ...found } : {};
};
