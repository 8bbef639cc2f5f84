import { readEmbedded } from '../lambda/embedded-json';
import type { Colour, Paint } from './paint';

/** The log events that end a request. */
const TERMINAL_EVENTS: readonly unknown[] = ['request_completed', 'request_error'];

type Fields = Readonly<Record<string, unknown>>;

type Column = {
  readonly title: string;
  readonly width: number;
  readonly align: 'left' | 'right';
  readonly toText: (fields: Fields) => string;
};

const UNKNOWN = '-';

const toText = (value: unknown): string => (value === undefined ? UNKNOWN : String(value));

const COLUMNS: readonly Column[] = [
  { title: 'TIME', width: 8, align: 'left', toText: ({ timestamp }) => toTime(timestamp) },
  { title: 'ACCOUNT', width: 10, align: 'left', toText: ({ account_id }) => toText(account_id) },
  { title: 'MODEL', width: 20, align: 'left', toText: ({ model }) => toText(model) },
  { title: 'IN', width: 6, align: 'right', toText: ({ input_tokens }) => toText(input_tokens) },
  { title: 'OUT', width: 6, align: 'right', toText: ({ output_tokens }) => toText(output_tokens) },
  { title: 'COST', width: 10, align: 'right', toText: ({ cost_usd }) => toDollars(cost_usd) },
  { title: 'CACHE', width: 6, align: 'left', toText: ({ cache }) => toText(cache) },
  { title: 'LATENCY', width: 9, align: 'right', toText: ({ duration_ms }) => toMilliseconds(duration_ms) },
  { title: 'STATUS', width: 0, align: 'left', toText: (fields) => toStatus(fields) },
];

/** The titles above the lines of requests. */
export const toHeading = (paint: Paint): string => paint('dim', align(COLUMNS.map(({ title }) => title)));

/** One line for a finished request, made of the function's own terminal log event; undefined for every other line. */
export const toRequestLine = (logLine: string, paint: Paint): string | undefined => {
  const fields = readEmbedded(logLine);
  if (fields === undefined || !TERMINAL_EVENTS.includes(fields.event)) return undefined;
  const texts = COLUMNS.map((column) => column.toText(fields));
  const status = texts.at(-1) ?? '';
  return `${align(texts.slice(0, -1))}  ${paint(toColour(fields.status_code), status)}`;
};

const align = (texts: readonly string[]): string =>
  texts
    .map((text, index) => {
      const { width = 0, align: side = 'left' } = COLUMNS[index] ?? {};
      return side === 'left' ? text.padEnd(width) : text.padStart(width);
    })
    .join('  ')
    .trimEnd();

/** Of the machine's own clock: log timestamps are UTC. */
const toTime = (timestamp: unknown): string => {
  const date = new Date(typeof timestamp === 'string' ? timestamp : Number.NaN);
  return Number.isNaN(date.getTime()) ? UNKNOWN : date.toTimeString().slice(0, 8);
};

const toDollars = (usd: unknown): string => (typeof usd === 'number' ? `$${usd.toFixed(6)}` : UNKNOWN);

const toMilliseconds = (milliseconds: unknown): string =>
  typeof milliseconds === 'number' ? `${Math.round(milliseconds)} ms` : UNKNOWN;

const toStatus = ({ status_code, status, error_code }: Fields): string =>
  [status_code, error_code ?? status].filter((part) => part !== undefined).join(' ');

const toColour = (statusCode: unknown): Colour =>
  typeof statusCode !== 'number' || statusCode >= 500 ? 'red' : statusCode >= 400 ? 'yellow' : 'green';
