import * as v from 'valibot';
import type { Answer } from '../service';
import type { Charge } from './charge';
import type { Images, Place } from './images';
import type { LocalDatabase, Reply } from './local-database';
import type { Part } from './read-parts';

/** A call that reads or writes items of tables that exist. */
export type ItemCall = {
  readonly operation: string;
  /** The `X-Amz-Target`. */
  readonly target: string;
  readonly body: Buffer;
  readonly request: Readonly<Record<string, unknown>>;
  readonly parts: readonly Part[];
  /** One per part that names an item, in the order of the parts. */
  readonly places: readonly Place[];
};

/** What a performed call answered, and what it consumed. */
export type Outcome = { readonly answer: Answer; readonly charges: readonly Charge[] };

export type Performer = (call: ItemCall, deps: { database: LocalDatabase; images: Images }) => Promise<Outcome>;

const jsonObject = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown()));

/** Reads a JSON object of the wire; throws when it is none. */
export const readObject = (body: Buffer): Record<string, unknown> => v.parse(jsonObject, body.toString());

export const toAnswer = ({ status, headers, body }: Reply): Answer => ({ status, headers, body });

/** A reply whose document the proxy has changed, and whose checksum is therefore no longer right. */
export const toChangedAnswer = ({ status, headers }: Reply, document: Record<string, unknown>): Answer => {
  const { 'x-amz-crc32': _, ...rest } = headers;
  return { status, headers: rest, body: Buffer.from(JSON.stringify(document)) };
};

/** The error code of a refusal, without its namespace; undefined for a success. */
export const errorCode = (reply: Reply): string | undefined => {
  if (reply.status === 200) return undefined;
  const { __type } = readObject(reply.body);
  return typeof __type === 'string' ? __type.slice(__type.indexOf('#') + 1) : 'Unknown';
};

const wireItem = v.record(v.string(), v.unknown());

/** An item within a document; undefined when there is none. */
export const readItem = (value: unknown): Record<string, unknown> | undefined =>
  value === undefined ? undefined : v.parse(wireItem, value);
