import * as v from 'valibot';
import { GatewayError } from '../errors';
import { givenEvent, type PlatformEvent } from './event';
import { name } from './event-fields';
import { observeEvent } from './observe-event';
import { faultOfLabels } from './reported-labels';

export const MOST_EVENTS = 100;

/** Counters are added up in integers that a number holds exactly, a hundred reports at a time. */
const MOST_AMOUNT = 9e13;

const events = v.pipe(
  v.array(givenEvent, 'must be a list of events'),
  v.minLength(1, 'must have at least one event'),
  v.maxLength(MOST_EVENTS, `must have at most ${MOST_EVENTS} events: send the others in another report`),
);

const id = v.pipe(
  v.string('must be a text'),
  v.regex(/^[A-Za-z0-9._:-]{1,128}$/, 'must be 1 to 128 letters, digits, dots, underscores, colons and dashes'),
);

const batch = v.strictObject({ id: v.optional(id), service: name, events }, ({ expected, received }) => {
  if (expected === 'never') return 'is not a field of a report: there are id, service and events';
  return received === 'undefined' && expected !== 'Object' ? 'is required' : 'must be an object';
});

/** A report as it came, its events in the order in which they were sent. */
export type GivenBatch = { id?: string; service: string; events: PlatformEvent[] };

/** Reads what a service reports. Throws `invalid_request` that names the first field at fault and what it accepts. */
export const readBatch = (value: unknown): GivenBatch => {
  const read = v.safeParse(batch, value, { abortEarly: true });
  if (!read.success) throw refuse(v.getDotPath(read.issues[0]) ?? 'body', read.issues[0].message);
  checkReported(read.output.events);
  checkAmounts(read.output);
  return read.output;
};

const checkReported = (given: readonly PlatformEvent[]): void => {
  for (const [index, event] of given.entries()) {
    const fault = 'labels' in event ? faultOfLabels(event.metric, event.labels) : undefined;
    if (fault !== undefined) throw refuse(`events.${index}.labels`, fault);
  }
};

const checkAmounts = ({ service, events: given }: GivenBatch): void => {
  let sum = 0;
  for (const [index, event] of given.entries()) {
    for (const { amount } of observeEvent(event, service)) sum += amount * event.count;
    if (sum > MOST_AMOUNT) {
      throw refuse(`events.${index}`, 'makes the report add up to more than can be counted exactly: check its units');
    }
  }
};

const refuse = (path: string, message: string): GatewayError =>
  new GatewayError('invalid_request', `\`${path}\` ${message}.`, { param: path });
