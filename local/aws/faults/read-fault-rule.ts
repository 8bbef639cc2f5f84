import * as v from 'valibot';
import { FAULT_KINDS, FAULTY_SERVICES, type FaultRule } from './fault-rule';

const wholeNumber = v.pipe(v.number(), v.integer(), v.minValue(0));

const faultRule = v.pipe(
  v.strictObject({
    service: v.picklist(FAULTY_SERVICES),
    kind: v.picklist(FAULT_KINDS),
    operation: v.optional(v.string()),
    principal: v.optional(v.string()),
    table: v.optional(v.string()),
    keyMatch: v.optional(v.string()),
    times: wholeNumber,
    after: v.optional(wholeNumber),
    delayMs: v.optional(wholeNumber),
  }),
  v.check(
    ({ kind, service }) => service === 'dynamodb' || (kind !== 'TransactionConflict' && kind !== 'staleRead'),
    'TransactionConflict and staleRead are faults of dynamodb',
  ),
  v.check(({ table, service }) => table === undefined || service === 'dynamodb', 'only dynamodb has tables'),
);

/** Reads a fault rule; throws an error that names each field at fault. */
export const readFaultRule = (input: unknown): FaultRule => {
  const read = v.safeParse(faultRule, input);
  if (read.success) return read.output;
  const wrong = read.issues.map((issue) => `${v.getDotPath(issue) ?? 'rule'}: ${issue.message}`);
  throw new Error(`The fault rule is wrong. ${wrong.join('; ')}`);
};
