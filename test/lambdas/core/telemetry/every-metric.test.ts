import { requestReadings } from '../../../../lambdas/core/counters/request-readings';
import { OUTSIDE_COUNTERS, READING_NAMES } from '../../../../lambdas/core/platform/events/states';
import { readReadings } from '../../../../lambdas/core/platform/read-readings';
import { measure } from '../../../../lambdas/core/telemetry/measure';
import { METRICS_BY_NAME } from '../../../../lambdas/core/telemetry/metrics';
import { anEvent, aPlatformRecord, FULL_EVENTS } from '../../../support/a-platform-record';
import { anAttempt, aRequestRecord } from '../../../support/a-request-record';
import { VARIED_RECORDS } from '../../../support/exposed-text';

/** What no record tells: a function writes it of itself, and whoever reads the series works it out. */
const OWN = /^telemetry_remote_write_|^telemetry_aggregator_lag/;

const RECORDS = [
  ...VARIED_RECORDS,
  aRequestRecord({ outcome: 'invalid', errorCode: 'unpriced_model', attempts: [], provider: 'none', region: 'mars-1' }),
  aRequestRecord({ coldStart: true, previousFlushMs: 0.2, limitUsed: 0.4, poolUsed: { store: 0.1 } }),
  aRequestRecord({
    attempts: [anAttempt({ outcome: 'throttled' }), anAttempt({ model: 'nova-pro' })],
    model: 'nova-pro',
  }),
  ...FULL_EVENTS.map((event) => aPlatformRecord({ events: [anEvent(event)], intakeMs: 3 })),
];

describe('every metric of the catalogue', () => {
  const measured = new Set<string>(RECORDS.flatMap((record) => measure(record).map(({ name }) => name)));
  const read = new Set<string>([
    ...RECORDS.flatMap((record) => {
      if (record.kind === 'platform') return readReadings(record).map(({ metric }) => metric);
      return record.kind === 'request' ? requestReadings(record).map(({ metric }) => metric) : [];
    }),
    ...READING_NAMES,
  ]);
  const outside = new Set<string>(OUTSIDE_COUNTERS);

  const producers = [...METRICS_BY_NAME].map(([name, metric]): [string, string] => {
    if (OWN.test(name)) return [name, 'a function, of itself'];
    if (metric.kind === 'gauge' && metric.origin === 'derived') return [name, 'whoever reads the series'];
    if (metric.kind === 'gauge') return [name, read.has(name) ? 'a reading' : 'nothing'];
    if (measured.has(name)) return [name, 'a record'];
    return [name, outside.has(name) ? 'an increase that a service reports' : 'nothing'];
  });

  it('is produced by some record, reading or reader', () => {
    expect(producers.filter(([, producer]) => producer === 'nothing')).toEqual([]);
  });

  it('is measured by records for the most part', () => {
    expect(producers.filter(([, producer]) => producer === 'a record').length).toBeGreaterThan(50);
  });
});
