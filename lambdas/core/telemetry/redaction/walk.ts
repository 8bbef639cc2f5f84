import { framesOf, messageOf } from '../error-parts';
import type { FieldName } from './field-names';

export type WalkOptions = {
  redactText: (text: string) => string;
  readFieldName: (name: string) => FieldName;
  /** What a field of this kind shows instead of its value; undefined leaves the value to be judged by its looks. */
  markOf: (kind: NonNullable<FieldName['kind']>) => string | undefined;
};

const DEEPEST = 8;
/** A log line and a trace document have their own limits; this keeps any value far below them. */
const MOST_ENTRIES = 1_000;
/** Below it, no whole number is that of a card. */
const LEAST_CARD = 1e14;

/** `above` are the objects that hold the value at hand; `left` is how many more entries are read. */
type State = { options: WalkOptions; above: object[]; left: number };

/**
 * A copy of any value as plain JSON data, redacted: texts by what they look like, fields by their names. Reads what
 * can be read: a getter that throws, a cycle, what is too deep or too much is named in the place of its value.
 */
export const redactValue = (value: unknown, options: WalkOptions): unknown =>
  walk(value, { options, above: [], left: MOST_ENTRIES });

/** The same for the fields of one object. */
export const redactFields = (fields: object, options: WalkOptions): Record<string, unknown> =>
  walkFields(fields, { options, above: [fields], left: MOST_ENTRIES });

const walk = (value: unknown, state: State): unknown => {
  switch (typeof value) {
    case 'string':
      return state.options.redactText(value);
    case 'number':
      return Number.isInteger(value) && Math.abs(value) >= LEAST_CARD ? redactNumber(value, state) : value;
    case 'bigint':
      return state.options.redactText(String(value));
    case 'object':
      return value === null ? null : walkObject(value, state);
    case 'boolean':
      return value;
    default:
      return undefined;
  }
};

const redactNumber = (value: number, { options }: State): number | string => {
  const text = String(value);
  const redacted = options.redactText(text);
  return redacted === text ? value : redacted;
};

const walkObject = (value: object, state: State): unknown => {
  if (state.above.includes(value)) return '[circular]';
  if (state.above.length >= DEEPEST) return '[too deep]';
  state.above.push(value);
  try {
    return copyOf(value, state);
  } catch {
    // A proxy may throw anything; a log line must not.
    return UNREADABLE;
  } finally {
    state.above.pop();
  }
};

const UNREADABLE = '[unreadable]';

const copyOf = (value: object, state: State): unknown => {
  if (Array.isArray(value)) return walkList(value, value.length, state);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '[invalid date]' : walk(value.toISOString(), state);
  if (value instanceof Error) return describeError(value, state);
  if (value instanceof Map) return walkMap(value, state);
  if (value instanceof Set) return walkList(value, value.size, state);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  const toJson: unknown = Reflect.get(value, 'toJSON');
  return typeof toJson === 'function' ? walk(toJson.call(value), state) : walkFields(value, state);
};

const describeError = (error: Error, { options: { redactText } }: State) => ({
  name: redactText(String(error.name)),
  message: messageOf(error, redactText),
  stack: framesOf(error, redactText),
});

const walkList = (values: Iterable<unknown>, count: number, state: State): unknown[] => {
  const copies: unknown[] = [];
  for (const value of values) {
    if (state.left <= 0) {
      copies.push(`[${count - copies.length} more]`);
      break;
    }
    state.left -= 1;
    copies.push(walk(value, state));
  }
  return copies;
};

const walkMap = (map: ReadonlyMap<unknown, unknown>, state: State): Record<string, unknown> => {
  const copies: [string, unknown][] = [];
  for (const [key, value] of map) {
    if (state.left <= 0) {
      copies.push(['...', `[${map.size - copies.length} more]`]);
      break;
    }
    const name = state.options.readFieldName(typeof key === 'object' ? '[object]' : String(key));
    copies.push([name.shown, walkField(name, value, state)]);
  }
  return Object.fromEntries(copies);
};

const walkFields = (fields: object, state: State): Record<string, unknown> => {
  const copies: Record<string, unknown> = {};
  const names = Object.keys(fields);
  let place = 0;
  for (const key of names) {
    if (state.left <= 0) {
      copies['...'] = `[${names.length - place} more]`;
      break;
    }
    place += 1;
    // Assigning to this name would set the prototype of the copy.
    if (key === '__proto__') continue;
    const name = state.options.readFieldName(key);
    copies[name.shown] = walkField(name, readField(fields, key), state);
  }
  return copies;
};

const readField = (fields: object, key: string): unknown => {
  try {
    return Reflect.get(fields, key);
  } catch {
    return UNREADABLE;
  }
};

const walkField = (name: FieldName, value: unknown, state: State): unknown => {
  state.left -= 1;
  if (name.isGenerated && state.above.length === 1 && typeof value === 'string') return value;
  const mark = name.kind === undefined || isTelling(value) ? undefined : state.options.markOf(name.kind);
  return mark ?? walk(value, state);
};

/** Whether there is a password may be told. */
const isTelling = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || typeof value === 'boolean';
