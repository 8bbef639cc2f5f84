import type { LogLevel } from '../telemetry/log-levels';
import { createRedactor } from '../telemetry/redaction/create-redactor';
import { redactFields } from '../telemetry/redaction/redact';
import { createRotatingFile } from './rotating-file';
import { createServiceLogger, type ServiceLogger } from './service-logger';
import type { StructuredLoggerOptions } from './structured-logger';
import { toText } from './to-text';

export type LoggingOptions = {
  service: string;
  /** The process's environment: tells whether it runs in Lambda, where no file outlives an invocation for sure. */
  env: Readonly<Record<string, string | undefined>>;
  /** @default INFO */
  level?: LogLevel;
  /** Lines go to standard output. @default true */
  enableConsole?: boolean;
  /** One JSON object a line; otherwise words, for people. Always JSON in Lambda. @default true */
  jsonFormat?: boolean;
  /** Whether personal data are taken out of lines; keys, tokens and passwords always are. @default true */
  sanitizeLogs?: boolean;
  /** Whether lines carry the ids of the trace that is bound. @default true */
  includeTraceInfo?: boolean;
  /** Outside Lambda: a file that gets every line too. @default none */
  logFile?: string;
  /** Outside Lambda: whether a full file moves aside. @default true */
  enableRotation?: boolean;
  /** Outside Lambda: what a file may hold. @default 10 MiB */
  maxBytes?: number;
  /** Outside Lambda: older files that are kept. @default 5 */
  backupCount?: number;
};

type Settled = Pick<StructuredLoggerOptions, 'service' | 'level' | 'includeTraceInfo' | 'write' | 'redactFields'>;

const DEFAULT_FILE = { maxBytes: 10 * 1024 * 1024, backupCount: 5 };

const toStandardOutput = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

let settled: Settled = {
  service: 'fluxgate',
  level: 'INFO',
  includeTraceInfo: true,
  redactFields,
  write: (line) => toStandardOutput(JSON.stringify(line)),
};
let loggers = new Map<string, ServiceLogger>();

/** Says how this process logs. Loggers that were got before keep what they had: call it first. */
export const setupStructuredLogging = (options: LoggingOptions): void => {
  const { service, level = 'INFO', includeTraceInfo = true, sanitizeLogs = true } = options;
  const redact = sanitizeLogs ? redactFields : createRedactor({ personalData: false }).fields;
  settled = { service, level, includeTraceInfo, redactFields: redact, write: createWrite(options) };
  loggers = new Map();
};

/** The short form: JSON lines on standard output, from DEBUG on when something is to be found out. */
export const configureLogging = ({ debug, ...options }: LoggingOptions & { debug: boolean }): void =>
  setupStructuredLogging({ ...options, level: debug ? 'DEBUG' : 'INFO' });

/** The logger of a part of the service: the same one for the same name. */
export const getStructuredLogger = (name: string): ServiceLogger => {
  const logger = loggers.get(name) ?? createServiceLogger({ ...settled, name, now: () => new Date() });
  loggers.set(name, logger);
  return logger;
};

const createWrite = ({ env, enableConsole = true, jsonFormat = true, ...options }: LoggingOptions) => {
  const isLambda = env.AWS_LAMBDA_FUNCTION_NAME !== undefined;
  const format = jsonFormat || isLambda ? JSON.stringify : toText;
  const writers = [
    ...(enableConsole || isLambda ? [toStandardOutput] : []),
    ...(options.logFile === undefined || isLambda ? [] : [createFile(options.logFile, options)]),
  ];
  return (line: object): void => {
    const text = format(line);
    for (const write of writers) write(text);
  };
};

const createFile = (path: string, { enableRotation = true, maxBytes, backupCount }: Partial<LoggingOptions>) =>
  createRotatingFile({
    path,
    maxBytes: enableRotation ? (maxBytes ?? DEFAULT_FILE.maxBytes) : Number.POSITIVE_INFINITY,
    backups: backupCount ?? DEFAULT_FILE.backupCount,
  });
