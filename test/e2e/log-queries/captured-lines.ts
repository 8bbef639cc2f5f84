import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { LoggingFunction, LogQuery } from '../../../dashboards/log-query';
import type { LogLine } from '../../support/insights/log-line';
import type { LocalMachine } from '../../support/local-machine';

/** The construct that makes each function. */
const CONSTRUCTS: Readonly<Record<LoggingFunction, string>> = {
  gateway: 'Gateway',
  sweeper: 'Sweeping',
  exposition: 'Exposition',
  telemetry: 'TelemetryIntake',
  management: 'Management',
};

const ACCOUNT = '000000000000';
/** The logger, the platform and documents of nothing but metrics name it differently. */
const times = v.object({
  timestamp: v.optional(v.string()),
  time: v.optional(v.string()),
  _aws: v.optional(v.object({ Timestamp: v.number() })),
});

/** As late as a bin of an hour begins, so that no run of the load falls into two. */
const BEGINNING = Date.parse('2026-11-21T12:00:00.000Z');

/** What every function of a machine has logged so far, as its log group would hold it; the first line is at noon. */
export const captureLines = ({ logsDirectory }: LocalMachine): LogLine[] => {
  const files = readdirSync(logsDirectory).filter((file) => file.endsWith('.log') && file !== 'api-access.log');
  const lines = files.flatMap((file) => {
    const messages = readFileSync(join(logsDirectory, file), 'utf8').split('\n').slice(0, -1);
    const log = `${ACCOUNT}:${file.replace(/\.log$/, '')}`;
    return messages.map((message) => ({ message, log, logStream: 'local', timestamp: readTime(message) }));
  });
  const first = Math.min(...lines.map(({ timestamp }) => timestamp));
  return lines.map((line) => ({ ...line, timestamp: line.timestamp - first + BEGINNING }));
};

const readTime = (message: string): number => {
  const { timestamp, time, _aws } = v.parse(times, JSON.parse(message));
  const text = timestamp ?? time;
  return text === undefined ? (_aws?.Timestamp ?? Number.NaN) : Date.parse(text);
};

/** The log group of a function, as a query shows it. */
export const logOf = (machine: LocalMachine, name: LoggingFunction): string =>
  `${ACCOUNT}:${machine.functionName(CONSTRUCTS[name])}`;

/** The lines of the log groups over which a query runs. */
export const linesFor = ({ over }: LogQuery, machine: LocalMachine, lines: readonly LogLine[]): readonly LogLine[] => {
  if (over === 'all') return lines;
  const logs = over.map((name) => logOf(machine, name));
  return lines.filter(({ log }) => logs.includes(log));
};
