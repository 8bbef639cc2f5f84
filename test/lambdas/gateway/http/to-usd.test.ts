import fc from 'fast-check';
import { toUsd } from '../../../../lambdas/gateway/http/to-usd';

describe('toUsd', () => {
  it.each([
    [0, '0'],
    [1, '0.000000001'],
    [12_450_000, '0.01245'],
    [1_000_000_000, '1'],
    [100_000_000_000, '100'],
    [1_230_000_001, '1.230000001'],
    [-2_500_000_000, '-2.5'],
  ])('prints %d nano-dollars as %s', (nanoUsd, text) => {
    expect(toUsd(nanoUsd)).toBe(text);
  });

  it('prints a JSON number from which the nano-dollars can be read again', () => {
    const amounts = fc.integer({ min: -1_000_000_000_000_000, max: 1_000_000_000_000_000 });

    fc.assert(fc.property(amounts, (nanoUsd) => Math.round(JSON.parse(toUsd(nanoUsd)) * 1e9) === nanoUsd + 0));
  });
});
