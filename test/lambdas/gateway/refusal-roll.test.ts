import type { RequestRecord } from '../../../lambdas/core/ledger/record';
import { createRefusalRoll } from '../../../lambdas/gateway/refusal-roll';
import { aRequestRecord } from '../../support/a-request-record';

const NOON = Date.UTC(2026, 10, 21, 12);
const MINUTE = 60_000;

let ids = 0;
const aRefusal = (of: Partial<RequestRecord> = {}): RequestRecord =>
  aRequestRecord({
    requestId: `r${++ids}`,
    outcome: 'rate_limited',
    errorCode: 'requests_per_minute',
    attempts: [],
    ...of,
  });

describe('the roll of refusals', () => {
  it('writes the first refusal of a minute at once, and the others as one record after it', () => {
    const roll = createRefusalRoll();
    const [first, second, third, later] = [aRefusal(), aRefusal(), aRefusal(), aRefusal()];

    const written = [
      roll.add(first, NOON),
      roll.add(second, NOON + 1),
      roll.add(third, NOON + 59_999),
      roll.add(later, NOON + MINUTE),
    ];

    expect(written).toEqual([[first], [], [], [{ ...second, count: 2 }, later]]);
  });

  it.each([
    ['key', { keyId: 'another' }],
    ['error code', { errorCode: 'tokens_per_minute' }],
    ['model', { model: 'another' }],
    ['kind of answer', { streamed: true }],
  ] as const)('keeps refusals of another %s apart', (_, of) => {
    const roll = createRefusalRoll();
    roll.add(aRefusal({ streamed: false }), NOON);
    const other = aRefusal({ streamed: false, ...of });

    const written = roll.add(other, NOON);

    expect(written).toEqual([other]);
  });

  it.each<[string, Partial<RequestRecord>]>([
    ['an answer', { outcome: 'success', errorCode: undefined }],
    ['a failure of ours', { outcome: 'error', errorCode: 'internal_error' }],
    ['a refusal after an attempt', { attempts: aRequestRecord().attempts }],
  ])('writes every record of %s', (_, of) => {
    const roll = createRefusalRoll();
    const [first, second] = [aRefusal(of), aRefusal(of)];

    const written = [roll.add(first, NOON), roll.add(second, NOON)];

    expect(written).toEqual([[first], [second]]);
  });

  it('hands over what waited with whatever record comes after the minute', () => {
    const roll = createRefusalRoll();
    const [first, second] = [aRefusal(), aRefusal()];
    const answered = aRequestRecord({ outcome: 'success' });
    roll.add(first, NOON);
    roll.add(second, NOON);

    const written = [roll.add(answered, NOON + MINUTE), roll.add(answered, NOON + MINUTE)];

    expect(written).toEqual([[second, answered], [answered]]);
  });

  it('counts every refusal once, however many kinds there are at once', () => {
    const roll = createRefusalRoll();
    const refusals = Array.from({ length: 6_000 }, (_, index) => aRefusal({ keyId: `k${index % 2_000}` }));

    const written = refusals.flatMap((refusal) => roll.add(refusal, NOON));
    const rest = roll.add(aRequestRecord({ outcome: 'success' }), NOON + MINUTE).slice(0, -1);

    expect([...written, ...rest].reduce((sum, { count }) => sum + count, 0)).toBe(6_000);
  });
});
