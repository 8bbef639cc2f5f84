import fc from 'fast-check';
import { promptTokens } from '../../../../lambdas/core/chat/usage';
import { rollUps } from '../../../../lambdas/core/counters/roll-ups';
import type { RequestRecord } from '../../../../lambdas/core/ledger/record';
import {
  aCorrection,
  anAbandonedRecord,
  anAttempt,
  aRequestRecord,
  MODEL,
  OTHER_MODEL,
} from '../../../support/a-request-record';

const of = (family: string, record: Parameters<typeof rollUps>[0]) =>
  Object.fromEntries(rollUps(record).get(family) ?? []);

describe('the roll-ups of a request', () => {
  it('count it under everything and under its account', () => {
    const totals = of('totals', aRequestRecord());

    expect(totals).toEqual({
      requests: 1,
      'outcome|success': 1,
      'requests|bedrock|claude-sonnet-4-5': 1,
      input: 100,
      output: 80,
      'cost|bedrock|claude-sonnet-4-5': 1_500_000,
    });
    expect(of('account#acme', aRequestRecord())).toEqual(totals);
  });

  it('put its cost into the hour, the day and the month in which it ended', () => {
    const late = aRequestRecord({ startedAt: Date.parse('2026-11-30T23:59:59.900Z'), durationMs: 200 });

    expect(of('spend#2026-12', late)).toEqual({ month: 1_500_000, day01: 1_500_000 });
    expect(of('spend#2026-12-01T00', late)).toEqual({ hour: 1_500_000 });
  });

  it('keep what the last minutes’ ratios are made of', () => {
    const attempts = [anAttempt({ outcome: 'throttled' }), anAttempt({ model: OTHER_MODEL })];
    const record = aRequestRecord({ startedAt: 60_000 * 1_000, durationMs: 5, attempts, cache: 'miss' });

    expect(of('minute#1000', record)).toEqual({
      [`bad|bedrock|${MODEL}|us-east-1`]: 1,
      [`good|bedrock|${OTHER_MODEL}|us-east-1`]: 1,
      [`miss|${MODEL}`]: 1,
    });
  });

  it('take back what an abandoned request had claimed, once its end comes in', () => {
    const abandoned = anAbandonedRecord({ costNanoUsd: 2_000_000 });
    const actual = aRequestRecord({ costNanoUsd: 1_500_000 });

    const sums = of('totals', aCorrection(abandoned, actual));

    expect(sums).toMatchObject({ [`cost|bedrock|${MODEL}`]: -500_000, 'outcome|abandoned': -1, 'outcome|success': 1 });
    expect(sums).not.toHaveProperty('requests');
  });

  it('sum to what the records say, corrections applied', () => {
    const aRecord = fc
      .record({
        costNanoUsd: fc.nat({ max: 10 ** 9 }),
        accountId: fc.constantFrom('acme', 'globex'),
        input: fc.nat({ max: 10 ** 6 }),
        output: fc.nat({ max: 10 ** 5 }),
        abandonedAt: fc.option(fc.nat({ max: 10 ** 9 }), { nil: undefined }),
      })
      .map(({ input, output, abandonedAt, ...fields }, index = 0) => ({
        record: aRequestRecord({
          ...fields,
          requestId: `r${index}`,
          usage: { input, output, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
        }),
        abandonedAt,
      }));

    fc.assert(
      fc.property(fc.array(aRecord, { maxLength: 20 }), (drawn) => {
        const records = drawn.flatMap(({ record, abandonedAt }) => {
          if (abandonedAt === undefined) return [record];
          const abandoned = anAbandonedRecord({ accountId: record.accountId, costNanoUsd: abandonedAt });
          return [abandoned, aCorrection(abandoned, record)];
        });
        const finals = drawn.map(({ record }) => record);
        const sumIn = (family: string, wanted: RegExp) =>
          records.reduce(
            (sum, record) =>
              sum +
              [...(rollUps(record).get(family) ?? [])]
                .filter(([attribute]) => wanted.test(attribute))
                .reduce((total, [, by]) => total + by, 0),
            0,
          );
        const sumOf = (value: (record: RequestRecord) => number, account?: string) =>
          finals
            .filter(({ accountId }) => account === undefined || accountId === account)
            .reduce((sum, record) => sum + value(record), 0);

        expect(sumIn('totals', /^cost\|/)).toBe(sumOf(({ costNanoUsd }) => costNanoUsd));
        expect(sumIn('account#acme', /^cost\|/)).toBe(sumOf(({ costNanoUsd }) => costNanoUsd, 'acme'));
        expect(sumIn('account#globex', /^input$/)).toBe(
          sumOf(({ usage }) => (usage === undefined ? 0 : promptTokens(usage)), 'globex'),
        );
        expect(sumIn('totals', /^requests$/)).toBe(finals.length);
        expect(sumIn('spend#2026-11', /^month$/)).toBe(sumOf(({ costNanoUsd }) => costNanoUsd));
      }),
    );
  });
});
