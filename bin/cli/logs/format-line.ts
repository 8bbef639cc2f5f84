import type { Colour, Paint } from '../../../local/terminal/paint';
import { formatError } from './format-error';
import type { Line } from './line';

const LEVEL_COLOURS: Readonly<Record<string, Colour>> = {
  DEBUG: 'dim',
  INFO: 'green',
  WARNING: 'yellow',
  ERROR: 'red',
  CRITICAL: 'red',
};

/** What the line that ends a request is read for; `--json` has the rest. */
const OF_AN_ENDED_REQUEST = [
  'method',
  'endpoint',
  'status_code',
  'error_code',
  'model',
  'provider',
  'streamed',
  'cache',
  'attempts',
  'duration_ms',
  'provider_ms',
  'time_to_first_token_ms',
  'input_tokens',
  'output_tokens',
  'cost_usd',
  'saved_usd',
  'finish_reason',
  'unmetered',
  'client_gone',
  'cold_start',
] as const;

const ENDS: ReadonlySet<unknown> = new Set(['request_completed', 'request_error', 'request_abandoned']);

/** Shown elsewhere, the same on every line, or of no use to people. */
const NOT_SHOWN: ReadonlySet<string> = new Set(
  'timestamp level message event service logger module function line request_id correlation_id client_request_id session_id trace_id xray_trace_id span_id account_id key_id user_id error error_type error_message _aws'.split(
    ' ',
  ),
);

const LONGEST_VALUE = 160;
const REQUEST_ID_LENGTH = 16;

export type LineOptions = {
  paint: Paint;
  /** Say whose the line is. */
  withRequest?: true;
  /** Errors that have been printed already, to which the new ones are added: of these only the first line is printed. */
  known?: Set<string>;
};

/** One line for people: time, level, who, what, and the fields that tell more; an error indented below. */
export const formatLine = ({ fields }: Line, { paint, withRequest, known = new Set() }: LineOptions): string => {
  const { timestamp, level, logger, event, message, request_id: requestId = '-' } = fields;
  const head = [
    paint('dim', timestamp.slice('2026-11-21T'.length)),
    ...(withRequest ? [paint('cyan', requestId.padEnd(REQUEST_ID_LENGTH))] : []),
    paint(LEVEL_COLOURS[level] ?? 'dim', level.padEnd('CRITICAL'.length)),
    logger.padEnd('management'.length),
    paint('bold', event ?? message),
    ...shownFields(fields).map(([name, value]) => `${paint('dim', `${name}=`)}${toText(value)}`),
  ].join('  ');
  const error = errorOf(fields, paint);
  const told = known.has(error.join('\n')) ? [error[0] ?? '', paint('dim', '  as above')] : error;
  if (error.length > 2) known.add(error.join('\n'));
  return [head, ...told.map((text) => `    ${text}`)].join('\n');
};

const shownFields = (fields: Line['fields']): [string, unknown][] => {
  const all = Object.entries(fields).filter(([name]) => !NOT_SHOWN.has(name));
  const shown = ENDS.has(fields.event)
    ? OF_AN_ENDED_REQUEST.map((name): [string, unknown] => [name, fields[name]])
    : all;
  return shown.filter(([, value]) => value !== undefined && value !== false && value !== null);
};

const toText = (value: unknown): string => {
  const text = typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}...` : text;
};

const errorOf = (fields: Line['fields'], paint: Paint): string[] => {
  const error = formatError(fields.error, paint);
  if (error.length > 0 || typeof fields.error_message !== 'string') return error;
  return [paint('red', fields.error_message)];
};
