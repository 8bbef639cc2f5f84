import type { RequestRecord } from '../../../lambdas/core/ledger/record';
import { type BillEntry, chargeOf } from './bill';
import type { GatewayUnderTest } from './gateway-under-test';
import type { TestKey } from './keys';

export type Settled = { record: RequestRecord; bill: BillEntry[]; billedNanoUsd: number };

export const requestIdOf = ({ headers }: { headers: Headers | undefined }): string => {
  const requestId = headers?.get('x-fluxgate-request-id');
  if (!requestId) throw new Error('The answer has no X-Fluxgate-Request-ID.');
  return requestId;
};

/** The two books of one answer: the gateway's ledger and the provider's bill. */
export const settled = async (
  gateway: GatewayUnderTest,
  key: TestKey,
  answer: { headers: Headers | undefined },
): Promise<Settled> => {
  const requestId = requestIdOf(answer);
  const record = await gateway.record(key, requestId);
  const bill = await gateway.bill(requestId);
  return { record, bill, billedNanoUsd: bill.reduce((sum, entry) => sum + chargeOf(entry), 0) };
};

/** Fails unless both books say the same of an answer whose every attempt was metered. */
export const expectBooksToAgree = ({ record, bill, billedNanoUsd }: Settled): void => {
  expect({
    attempts: record.attempts.length,
    usage: record.usage,
    costNanoUsd: record.costNanoUsd,
    unmetered: record.unmetered,
    overshootNanoUsd: record.overshootNanoUsd,
  }).toEqual({
    attempts: bill.length,
    usage: bill.at(-1)?.billed,
    costNanoUsd: billedNanoUsd,
    unmetered: false,
    overshootNanoUsd: 0,
  });
};
