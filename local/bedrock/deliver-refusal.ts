import type { ServerResponse } from 'node:http';
import { BedrockError, EXCEPTION_OF_STATUS } from './bedrock-error';
import type { BillEntry } from './bill';
import { departureOf, untilGone } from './departure';
import type { Fault } from './fault';

export type Refusal = { response: ServerResponse; entry: BillEntry; fault: Fault };

const THROTTLED = 'Too many requests, please wait before trying again.';

const neverAnswer = async ({ response, entry }: Refusal): Promise<void> => {
  await untilGone(departureOf(response));
  entry.connection = 'cut';
};

/** Faults that strike before any byte of an answer; a thrown error is answered as Bedrock would. */
const REFUSALS: Partial<Record<Fault['kind'], (refusal: Refusal) => Promise<void>>> = {
  throttle: async () => {
    throw new BedrockError('ThrottlingException', THROTTLED);
  },
  status: async ({ fault }) => {
    const exception = EXCEPTION_OF_STATUS[fault.value] ?? 'InternalServerException';
    throw new BedrockError(exception, `Simulated fault: ${fault.text}`, { status: fault.value });
  },
  timeout: neverAnswer,
  reset: async ({ response, entry }) => {
    entry.connection = 'cut';
    response.destroy();
  },
};

/** Delivers the fault instead of an answer; false when the fault strikes only later. Throws BedrockError. */
export const deliverRefusal = async (refusal: Refusal): Promise<boolean> => {
  const refuse = REFUSALS[refusal.fault.kind];
  await refuse?.(refusal);
  return refuse !== undefined;
};
