import { NO_REQUEST } from '../core/telemetry/invocation-context';
import type { PublishOperational } from '../core/telemetry/operational';
import type { Log } from '../core/telemetry/ports';
import { redactText } from '../core/telemetry/redaction/redact';
import type { Failed, Written } from './write-slot';

export type ReportDeps = {
  count: (slot: number, written: Written) => Promise<void>;
  publish: PublishOperational;
  log: Pick<Log, 'event'>;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** Characters of a refusal that are logged. */
const MOST_CHARACTERS = 500;

/** Tells what became of a slot: as series, as metrics of the function, and in the log what was not taken, and why. */
export const createReportWrites =
  ({ count, publish, log, now }: ReportDeps) =>
  async (slot: number, written: Written): Promise<void> => {
    for (const one of written.failed) {
      log.event('telemetry_failure', NO_REQUEST, { signal: 'remote_write' }, toError(slot, one));
    }
    await count(slot, written);
    await publish({
      RemoteWriteSamples: written.samples,
      RemoteWriteFailures: written.failed.reduce((sum, { samples }) => sum + samples, 0),
      RemoteWriteLag: (now() - slot * 1_000) / 1_000,
    });
  };

const ADVICE: Readonly<Record<Failed['reason'], string>> = {
  rejected: 'They are not sent again; what the counters say is in the next ones.',
  denied: 'Allow the role of this function aps:RemoteWrite on the workspace.',
  throttled: 'Ask for a higher quota of the workspace if this goes on.',
  unavailable: 'The next run goes on with the counters as they then are.',
  unreachable: 'The next run goes on with the counters as they then are.',
};

const toError = (slot: number, { reason, samples, result }: Failed): Error => {
  const answer =
    result.status === undefined
      ? 'no answer'
      : `${result.status}: ${redactText(result.text).slice(0, MOST_CHARACTERS)}`;
  const at = new Date(slot * 1_000).toISOString();
  return new Error(`${samples} samples of ${at} were not written (${reason}, ${answer}). ${ADVICE[reason]}`, {
    cause: result.cause,
  });
};
