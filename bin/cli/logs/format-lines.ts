import type { Paint } from '../../../local/terminal/paint';
import { formatLine } from './format-line';
import type { Line } from './line';

/** Lines for people: those of each request below its ids, requests in the order in which they began. */
export const formatLines = (lines: readonly Line[], paint: Paint): string => {
  const byRequest = new Map<string, Line[]>();
  for (const line of lines) {
    const id = line.fields.request_id ?? '';
    byRequest.set(id, [...(byRequest.get(id) ?? []), line]);
  }
  return [...byRequest.values()].map((group) => formatRequest(group, paint)).join('\n\n');
};

/** The ids that all lines of a request share, by what people call them. */
const HEADINGS = {
  request: 'request_id',
  correlation: 'correlation_id',
  session: 'session_id',
  trace: 'xray_trace_id',
  account: 'account_id',
  key: 'key_id',
  user: 'user_id',
} as const;

const formatRequest = (lines: readonly Line[], paint: Paint): string => {
  const heading = Object.entries(HEADINGS).flatMap(([name, field]) => {
    const value = lines.map(({ fields }) => fields[field]).find((candidate) => typeof candidate === 'string');
    // Without an X-Correlation-ID the request's own id stands for it.
    const isTold = name === 'correlation' && value === lines[0]?.fields.request_id;
    return value === undefined || isTold ? [] : [`${paint('dim', name)} ${paint('cyan', String(value))}`];
  });
  const known = new Set<string>();
  const day = lines[0]?.fields.timestamp.slice(0, '2026-11-21'.length) ?? '';
  return [[day, ...heading].join('  '), ...lines.map((line) => formatLine(line, { paint, known }))].join('\n');
};
