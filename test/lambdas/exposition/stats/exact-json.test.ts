import fc from 'fast-check';
import {
  type ExactJson,
  toDecimal,
  toExactJson,
  toQuotient,
  toUsd,
} from '../../../../lambdas/exposition/stats/exact-json';

describe('exact JSON', () => {
  it('prints every digit of every amount, and nothing else', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), (nanoUsd) => {
        const text = toExactJson(toUsd(nanoUsd));

        const [whole = '', fraction = ''] = text.replace('-', '').split('.');
        const read = BigInt(whole + fraction.padEnd(9, '0')) * (text.startsWith('-') ? -1n : 1n);
        expect(read).toBe(nanoUsd);
        expect(text).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
      }),
    );
  });

  it('is JSON for people, whatever stands in it', () => {
    const value: ExactJson = {
      name: 'a "quoted" \n name',
      nothing: null,
      empty: {},
      count: 12_345_678_901_234_567_890n,
      inside: { 'a.b': toDecimal(333_333n, 6) },
    };

    const text = toExactJson(value);

    expect(JSON.parse(text)).toEqual({
      name: 'a "quoted" \n name',
      nothing: null,
      empty: {},
      count: Number('12345678901234567890'),
      inside: { 'a.b': 0.333333 },
    });
    expect(text).toContain('\n  "count": 12345678901234567890,\n  "inside": {\n    "a.b": 0.333333\n  }\n}');
  });
});

describe('a quotient', () => {
  it.each([
    [1n, 3n, 6, 333_333n],
    [2n, 3n, 6, 666_667n],
    [1n, 2n, 0, 1n],
    [10n, 4n, 0, 3n],
    [0n, 5n, 9, 0n],
    [5n, 0n, 9, null],
  ])('of %s and %s with %i decimals is rounded once', (dividend, divisor, decimals, expected) => {
    expect(toQuotient(dividend, divisor, decimals)).toBe(expected);
  });
});
