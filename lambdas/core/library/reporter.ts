import * as v from 'valibot';
import { type GivenEvent, givenEvent } from '../platform/event';
import { MOST_EVENTS } from '../platform/read-batch';
import { faultOfLabels } from '../platform/reported-labels';
import { type Report, type Sink, SinkError } from './sink';

export type ReporterOptions = {
  service: string;
  sink: Sink;
  /** A new id, unlike any other. */
  newId: () => string;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Told of events that were not recorded and of reports that were not sent. Telemetry never fails the work it is about. */
  onFailure: (error: unknown) => void;
};

/** What a flush did: events that were sent, that wait for the next one, and that nobody will take. */
export type Flushed = { sent: number; kept: number; dropped: number };

/** Beyond this many events that nobody has taken yet, new ones are dropped: memory is not what telemetry may cost. */
const MOST_WAITING = 10_000;

/**
 * Collects events and sends them when it is told to. Events recorded while a flush is under way go with the next; flushes
 * at the same time follow each other. A report that was not taken goes again under its own id, so nothing counts twice.
 */
export const createReporter = ({ service, sink, newId, now, onFailure: tell }: ReporterOptions) => {
  const onFailure = (error: unknown): void => {
    try {
      tell(error);
    } catch {
      // Whoever wants to be told of failures fails themselves: the work goes on all the same.
    }
  };
  let waiting: GivenEvent[] = [];
  const reports: Report[] = [];
  let running: Promise<unknown> = Promise.resolve();

  const inReports = (): number => reports.reduce((sum, { events }) => sum + events.length, 0);

  const record = (event: GivenEvent): void => {
    const fault = faultOf(event);
    if (fault !== undefined) onFailure(new Error(`An event of type ${event.type} was not recorded: ${fault}.`));
    else if (waiting.length + inReports() >= MOST_WAITING)
      onFailure(new Error(`More than ${MOST_WAITING} events wait: flush sooner.`));
    // It may wait for long until it is taken in, and counts as of now.
    else waiting.push({ at: now(), ...event });
  };

  const cut = (): void => {
    for (let start = 0; start < waiting.length; start += MOST_EVENTS) {
      reports.push({ id: newId(), service, events: waiting.slice(start, start + MOST_EVENTS) });
    }
    waiting = [];
  };

  const send = async (report: Report): Promise<keyof Flushed> => {
    try {
      await sink(report);
      return 'sent';
    } catch (error) {
      onFailure(error);
      return error instanceof SinkError && !error.retryable ? 'dropped' : 'kept';
    }
  };

  /**
   * A report that was not taken goes behind the others, and all of them wait for the next flush: when nobody answers,
   * work is held up by one report, and one that is never taken holds up no other.
   */
  const drain = async (): Promise<Flushed> => {
    cut();
    const flushed: Flushed = { sent: 0, kept: 0, dropped: 0 };
    for (let report = reports.shift(); report !== undefined; report = reports.shift()) {
      const outcome = await send(report);
      if (outcome === 'kept') {
        reports.push(report);
        break;
      }
      flushed[outcome] += report.events.length;
    }
    return { ...flushed, kept: inReports() };
  };

  /** Sends what was recorded so far. Never rejects. */
  const flush = (): Promise<Flushed> => {
    const next = running.then(drain);
    running = next;
    return next;
  };

  return { record, flush };
};

const faultOf = (event: GivenEvent): string | undefined => {
  const read = v.safeParse(givenEvent, event, { abortEarly: true });
  if (!read.success) return `${v.getDotPath(read.issues[0]) ?? 'it'} ${read.issues[0].message}`;
  const labels = 'labels' in read.output ? faultOfLabels(read.output.metric, read.output.labels) : undefined;
  return labels && `labels ${labels}`;
};
