import { isUtf8 } from 'node:buffer';
import { GatewayError } from '../../core/errors';
import { refuse } from './faults';
import { REQUEST_LIMITS } from './limits';

type Key = string | number;
type Fault = { path: Key[]; message: string };
type Look = { surrogates: boolean; depth: number };

// A lone half can only come from a `\u` escape, since the bytes are valid UTF-8: texts without one need no search.
const MAY_HOLD_SURROGATES = /\\u[dD][89a-fA-F]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

const fault = (message: string): Fault => ({ path: [], message });
const at = (key: Key, inner: Fault | undefined): Fault | undefined =>
  inner && { path: [key, ...inner.path], message: inner.message };

const faultOfText = (text: string, { surrogates }: Look): Fault | undefined =>
  surrogates && LONE_SURROGATE.test(text)
    ? fault('holds half of a surrogate pair, which no encoding can carry')
    : undefined;

// Assigning this name sets a prototype instead of a property: it would be lost in the first copy.
const faultOfKey = (key: string, look: Look): Fault | undefined =>
  key === '__proto__' ? fault('is a name that is not accepted') : faultOfText(key, look);

const faultOfNumber = (value: number): Fault | undefined =>
  Number.isFinite(value) ? undefined : fault('is a number out of range');

const faultOfArray = (values: readonly unknown[], look: Look): Fault | undefined => {
  for (let index = 0; index < values.length; index += 1) {
    const found = faultOf(values[index], look);
    if (found) return at(index, found);
  }
  return undefined;
};

const faultOfObject = (value: object, look: Look): Fault | undefined => {
  for (const [key, child] of Object.entries(value)) {
    const found = faultOfKey(key, look) ?? faultOf(child, look);
    if (found) return at(key, found);
  }
  return undefined;
};

/** The first thing in a parsed value that later stages could not carry faithfully. Recursion ends at `jsonDepth`. */
const faultOf = (value: unknown, look: Look): Fault | undefined => {
  if (typeof value === 'string') return faultOfText(value, look);
  if (typeof value === 'number') return faultOfNumber(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (look.depth === REQUEST_LIMITS.jsonDepth) return fault(`is nested deeper than ${look.depth} levels`);
  const inner = { ...look, depth: look.depth + 1 };
  return Array.isArray(value) ? faultOfArray(value, inner) : faultOfObject(value, inner);
};

/** What `JSON.parse` makes of a text, or where and why it cannot be used. */
export const readJsonText = (text: string): { value: unknown } | { fault: Fault } => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may be a prompt and must not reach a log.
    return { fault: fault('is not valid JSON') };
  }
  const found = faultOf(value, { surrogates: MAY_HOLD_SURROGATES.test(text), depth: 0 });
  return found ? { fault: found } : { value };
};

/** Reads a body: UTF-8, JSON, nothing that a later stage could not carry. Throws `invalid_request` naming the place. */
export const readJsonBody = (body: Buffer): unknown => {
  if (body.length === 0) throw new GatewayError('invalid_request', 'The body is empty: send a JSON object.');
  if (!isUtf8(body)) throw new GatewayError('invalid_request', 'The body is not valid UTF-8.');
  const read = readJsonText(body.toString('utf8'));
  if ('value' in read) return read.value;
  const { path, message } = read.fault;
  if (path.length === 0) throw new GatewayError('invalid_request', `The body ${message}.`);
  throw refuse(path.join('.'), message);
};
