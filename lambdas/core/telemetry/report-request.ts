import type { RequestRecord } from '../ledger/record';
import { loadEmbeddedMetrics, toEmfValues } from './emf';
import { joinObjects } from './join-objects';
import { isWanted, toFailureFields } from './log';
import { LOG_EVENTS, levelOf } from './log-events';
import { toContextFields, toLogFields } from './log-fields';
import type { LogLevel } from './log-levels';
import { measure } from './measure';
import type { Measurement } from './metrics';
import type { Log, LogContext, ReportRequest } from './ports';
import { redact, redactFields } from './redaction/redact';

export type ReportOptions = {
  namespace: string;
  service: string;
  /** The function that reports, as the `logger` field. */
  name: string;
  level: LogLevel;
  /** Without it only the metrics of requests that went well are written. */
  logRequests: boolean;
  /** Takes one line, without its end. */
  write: (line: string) => void;
  /** Called once, with the first request. */
  onFirst: () => void;
  /** Gets the event when no document could be made of it. */
  log: Log;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/**
 * Writes the one line that ends a request: its terminal log event, which CloudWatch reads as a document of embedded
 * metrics as well. A value stands in it once, whether it is a field, a metric or both; ids, account and key are fields,
 * which cost no metrics. Where the event is not wanted, the line shrinks to the metrics.
 */
export const createReportRequest = (options: ReportOptions): ReportRequest => {
  const { namespace, service, write, log } = options;
  let loading: ReturnType<typeof loadEmbeddedMetrics> | undefined;
  const start = () => {
    options.onFirst();
    return loadEmbeddedMetrics();
  };

  return async (record, context, failure) => {
    try {
      loading ??= start();
      const toDocument = await loading;
      const measured = measure(record);
      const dimensions = dimensionsOf(service, measured);
      const values = toEmfValues(measured);
      const timestamp = record.startedAt + record.durationMs;
      const document = toDocument({ namespace, timestamp, dimensions, values });
      const said = new Set([...dimensions.flatMap(Object.keys), ...values.map(({ name }) => name)]);
      write(joinObjects([...toTexts({ record, context, failure }, said, options), document]));
    } catch (error) {
      log.event('telemetry_failure', context, { signal: 'emf' }, error);
      log.event(eventOf(record), context, toLogFields(record), failure);
    }
  };
};

const eventOf = ({ outcome, errorCode }: RequestRecord) => {
  if (outcome === 'abandoned') return 'request_abandoned';
  return errorCode === undefined ? 'request_completed' : 'request_error';
};

/** The whole service, and each model: every further dimension would multiply the metrics that are paid for. */
const dimensionsOf = (service: string, measured: readonly Measurement[]): Record<string, string>[] => {
  const request = measured.find(({ name }) => name === 'gateway_requests_total');
  if (request?.name !== 'gateway_requests_total') throw new Error('A record measures as at least one request.');
  const { provider, model } = request.labels;
  return [{ service }, { service, provider, model }];
};

/** The members of the line that the document of metrics has not `said`, as JSON objects. */
const toTexts = (
  { record, context, failure }: { record: RequestRecord; context: LogContext; failure: unknown },
  said: ReadonlySet<string>,
  { name, level: least, logRequests, now }: ReportOptions,
): string[] => {
  const event = eventOf(record);
  const fields = toLogFields(record);
  const level = levelOf(event, fields);
  const isSilenced = !logRequests && event === 'request_completed' && context.debug !== true;
  if (isSilenced || !isWanted(level, context, least)) return [JSON.stringify({ request_id: context.requestId })];
  const { message } = LOG_EVENTS[event];
  const print = createPrint(said);
  return [
    print({ timestamp: new Date(now()).toISOString(), level, message, event, logger: name }),
    print(toContextFields(context)),
    print(fields),
    failure === undefined ? '{}' : JSON.stringify(redactFields(toTerminalFailure(level, failure))),
  ];
};

/** The kind of error is said by the record, in the words of the label. */
const toTerminalFailure = (level: LogLevel, failure: unknown): object => {
  const { error_type: _, ...told } = toFailureFields(level, failure);
  return told;
};

/** What clients may set to anything; all else in these lines is ours, or of a closed set. */
const GIVEN: ReadonlySet<string> = new Set(['client_request_id', 'correlation_id', 'session_id', 'user_id']);

const createPrint = (said: ReadonlySet<string>) => {
  const toValue = (name: string, value: unknown): unknown => {
    if (said.has(name)) return undefined;
    return GIVEN.has(name) ? redact(value) : value;
  };
  return (fields: object): string => JSON.stringify(fields, toValue);
};
