import type { ServerResponse } from 'node:http';
import { BedrockError, EXCEPTIONS, type ExceptionName } from './bedrock-error';
import type { BillEntry } from './bill';
import { breakOff, departureOf, untilGone } from './departure';
import type { Fault } from './fault';
import { pause } from './pace';

export type BodyDelivery = {
  response: ServerResponse;
  entry: BillEntry;
  body: object;
  outputTokens: number;
  fault: Fault | undefined;
  /** How long the generation takes. */
  durationMs: number;
};

const isExceptionName = (name: string): name is ExceptionName => Object.hasOwn(EXCEPTIONS, name);

/** An error of the stream's spelling as the exception of a buffered answer. */
const toError = ({ exception, text }: Fault): BedrockError => {
  const name = exception.charAt(0).toUpperCase() + exception.slice(1);
  return new BedrockError(isExceptionName(name) ? name : 'InternalServerException', `Simulated fault: ${text}`);
};

const strike = async ({ response, entry, fault }: BodyDelivery & { fault: Fault }, json: Buffer): Promise<void> => {
  const half = json.subarray(0, json.length >> 1);
  entry.connection = 'cut';
  if (fault.kind === 'malformed') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': half.length });
    response.end(half);
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': json.length });
  response.write(half);
  if (fault.kind === 'cut') return breakOff(response);
  await untilGone(departureOf(response));
};

/** Sends a buffered answer when the generation is over. Throws the BedrockError of an `error` fault. */
export const deliverBody = async (delivery: BodyDelivery): Promise<void> => {
  const { response, entry, body, outputTokens, fault, durationMs } = delivery;
  const json = Buffer.from(JSON.stringify(body));
  if (!(await pause(durationMs, departureOf(response)))) {
    entry.connection = 'cut';
    return;
  }
  if (fault?.kind === 'error') {
    if (fault.billed === 'what was served') entry.billed = undefined;
    throw toError(fault);
  }
  entry.status = 200;
  if (fault) return strike({ ...delivery, fault }, json);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': json.length });
  response.end(json);
  entry.served = { events: 1, outputTokens };
  entry.connection = 'complete';
};
