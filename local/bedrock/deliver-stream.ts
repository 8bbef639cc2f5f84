import type { ServerResponse } from 'node:http';
import type { BillEntry } from './bill';
import { breakOff, departureOf, untilGone } from './departure';
import { corrupt, encodeEvent, encodeException } from './event-stream';
import type { Fault } from './fault';
import { type Pace, pause, waitBefore } from './pace';
import type { StreamEvent } from './stream-events';

export type StreamDelivery = {
  response: ServerResponse;
  entry: BillEntry;
  events: readonly StreamEvent[];
  fault: Fault | undefined;
  pace: Pace;
};

/** A generation that fails by itself is charged for what had been served, if anything had. */
const chargeWhatWasServed = ({ billed, served }: BillEntry): BillEntry['billed'] =>
  billed && served.events > 0 ? { ...billed, output: served.outputTokens } : undefined;

const strike = async ({ response, entry, events, fault }: StreamDelivery & { fault: Fault }): Promise<void> => {
  const next = events[fault.value];
  if (fault.billed === 'what was served') entry.billed = chargeWhatWasServed(entry);
  entry.connection = 'cut';
  if (fault.kind === 'stall') return untilGone(departureOf(response));
  if (fault.kind === 'cut') return breakOff(response);
  if (fault.kind === 'error') response.write(encodeException(fault.exception, `Simulated fault: ${fault.text}`));
  if (fault.kind === 'malformed' && next) response.write(corrupt(encodeEvent(next.type, next.payload)));
  response.end();
};

const send = ({ response, entry }: StreamDelivery, event: StreamEvent): void => {
  response.write(encodeEvent(event.type, event.payload));
  entry.served.events += 1;
  entry.served.outputTokens += event.tokens;
};

/** Sends the events one by one at the pace of the request, until the end, the fault or the caller's departure. */
export const deliverStream = async (delivery: StreamDelivery): Promise<void> => {
  const { response, entry, events, fault, pace } = delivery;
  const departure = departureOf(response);
  entry.status = 200;
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
  response.flushHeaders();
  for (const [index, event] of events.entries()) {
    if (fault?.value === index) return strike({ ...delivery, fault });
    if (!(await pause(waitBefore(pace, index, event.tokens), departure))) {
      entry.connection = 'cut';
      return;
    }
    send(delivery, event);
  }
  entry.connection = 'complete';
  response.end();
};
