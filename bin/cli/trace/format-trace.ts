import * as v from 'valibot';
import type { Colour, Paint } from '../../../local/terminal/paint';
import type { AssembledTrace, TraceStep } from '../../../local/xray/assemble-trace';
import { drawBar } from './draw-bar';
import { formatDuration } from './format-duration';
import { type Row, toRows } from './to-rows';
import { type Fact, wrap } from './wrap';

const BAR_WIDTH = 32;

/** What AWS's own segments are, as people call them. */
const ORIGINS: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Stage': 'API Gateway',
  'AWS::Lambda': 'Lambda',
  'AWS::Lambda::Function': 'function',
};

const COLOURS: Record<NonNullable<TraceStep['failure']>, Colour> = {
  fault: 'red',
  throttle: 'yellow',
  error: 'yellow',
};

/** Facts of the root that head a trace; the others stand with the step. */
const HEADINGS = ['request_id', 'correlation_id', 'session_id', 'account_id'] as const;

/** Those, and what another fact says as well. */
const SAID: ReadonlySet<string> = new Set([...HEADINGS, 'Service', 'model']);

/** A trace for people: its steps below each other, when each began and how long it took, and what it says. */
export const formatTrace = (trace: AssembledTrace, paint: Paint): string => {
  const rows = toRows(trace);
  const wholeMs = Math.max(...rows.map(({ offsetMs, durationMs }) => offsetMs + durationMs));
  const width = Math.max(...rows.map((row) => [...labelOf(row)].length));
  return [
    heading(trace, wholeMs, paint),
    ...rows.flatMap((row) => [
      line(row, { width, wholeMs, paint }),
      ...details(row, paint).map((text) => `${paint('dim', stemOf(row))}${text}`),
    ]),
    ...trace.orphans.map((name) => paint('yellow', `The parent of ${name} has not come in.`)),
  ].join('\n');
};

const labelOf = ({ branch, step }: Row): string => `${branch}${step.name}${originOf(step)}`;

const originOf = ({ origin }: TraceStep): string => (origin === undefined ? '' : ` (${ORIGINS[origin] ?? origin})`);

const stemOf = ({ stem, step }: Row): string => stem + (step.steps.length > 0 ? '│  ' : '   ');

const heading = ({ id, roots }: AssembledTrace, wholeMs: number, paint: Paint): string => {
  const facts = Object.assign({}, ...roots.map(annotationsBelow));
  const began = new Date(Math.min(...roots.map(({ startedAt }) => startedAt))).toISOString();
  const ids = HEADINGS.filter((name) => facts[name] !== undefined).map(
    (name) => `${paint('dim', name.replace('_id', ''))} ${paint('cyan', String(facts[name]))}`,
  );
  return [
    `${paint('dim', 'trace')} ${paint('bold', id)}  ${began}  ${formatDuration(wholeMs)}`,
    ...(ids.length > 0 ? [ids.join('  ')] : []),
    ...roots.flatMap(clientTraceOf).map((client) => `${paint('dim', "the client's trace")} ${client}`),
    '',
  ].join('\n');
};

/** The trace that the client named, when it is another. */
const clientTraceOf = ({ metadata, steps }: TraceStep): string[] => {
  const { traceparent } = metadata;
  const own = v.is(link, traceparent) ? [traceparent.trace_id] : [];
  return [...own, ...steps.flatMap(clientTraceOf)];
};

const link = v.object({ trace_id: v.string() });

const annotationsBelow = ({ annotations, steps }: TraceStep): object =>
  Object.assign({}, ...steps.map(annotationsBelow), annotations);

type Layout = { width: number; wholeMs: number; paint: Paint };

const line = (row: Row, { width, wholeMs, paint }: Layout): string => {
  const { branch, step, offsetMs, durationMs } = row;
  const colour = step.failure && COLOURS[step.failure];
  const name = paint(colour ?? 'bold', step.name) + paint('dim', originOf(step));
  const padding = ' '.repeat(width - [...labelOf(row)].length);
  const bar = drawBar({ offsetMs, durationMs, ofMs: wholeMs }, BAR_WIDTH);
  const times = `${`+${formatDuration(offsetMs)}`.padStart(9)}  ${formatDuration(durationMs).padStart(8)}`;
  const failure = step.failure === undefined ? '' : `  ${paint(COLOURS[step.failure], step.failure)}`;
  const open = step.endedAt === undefined ? `  ${paint('yellow', 'not ended')}` : '';
  const table = step.table === undefined ? '' : `  ${paint('dim', step.table)}`;
  return `${paint('dim', branch)}${name}${padding}  ${paint(colour ?? 'green', bar)}  ${times}${table}${failure}${open}`;
};

const details = ({ facts, step }: Row, paint: Paint): string[] => {
  const told = facts.filter(([name]) => !SAID.has(name)).map(([name, value]): Fact => ({ name, value: String(value) }));
  return [
    ...wrap(told, paint),
    ...step.exceptions.map(({ type, message }) => paint('red', `${type}: ${message.split('\n')[0]}`)),
  ];
};
