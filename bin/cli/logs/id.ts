import { UsageError } from '../usage-error';
import type { Line } from './line';

/** The fields in which a line may carry an id that people have at hand. */
const ID_FIELDS = [
  'request_id',
  'correlation_id',
  'client_request_id',
  'session_id',
  'trace_id',
  'xray_trace_id',
  'client_trace_id',
] as const;

/** What every one of these ids is made of: nothing that would end a text within a query. */
const ID = /^[A-Za-z0-9._:-]{1,128}$/;

export const readId = (text: string): string => {
  if (ID.test(text)) return text;
  throw new UsageError(`"${text}" is no id: one has letters, digits and . _ : - and at most 128 of them.`);
};

const XRAY_TRACE = /^1-([0-9a-f]{8})-([0-9a-f]{24})$/;

/** An id as it may stand in a line. A trace that was not recorded is known by its 32 digits only, not as X-Ray writes it. */
const spellingsOf = (id: string): string[] => (XRAY_TRACE.test(id) ? [id, id.replace(XRAY_TRACE, '$1$2')] : [id]);

export const hasId = ({ fields }: Line, id: string): boolean =>
  ID_FIELDS.some((name) => spellingsOf(id).some((spelling) => fields[name] === spelling));

/** The query of Logs Insights for the lines that carry an id, oldest first. */
export const toQuery = (id: string): string =>
  [
    'fields @timestamp, @message',
    `filter ${ID_FIELDS.flatMap((name) => spellingsOf(id).map((spelling) => `${name} = "${spelling}"`)).join(' or ')}`,
    'sort @timestamp asc',
    'limit 10000',
  ].join(' | ');
