import { hashSecret, isSameHash } from '../../../../lambdas/core/keys/hash';

describe('hashSecret', () => {
  it('is HMAC-SHA-256 in base64', () => {
    // RFC 4231, test case 2.
    const expected = Buffer.from('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843', 'hex');

    expect(hashSecret('what do ya want for nothing?', 'Jefe')).toBe(expected.toString('base64'));
  });

  it('changes with the pepper and with the secret', () => {
    const hashes = [hashSecret('a', 'one'), hashSecret('a', 'two'), hashSecret('b', 'one')];

    expect(new Set(hashes).size).toBe(3);
  });
});

describe('isSameHash', () => {
  it.each([
    ['the same', 'abcd', 'abcd', true],
    ['another of the same length', 'abcd', 'abce', false],
    ['a longer one', 'abcd', 'abcde', false],
    ['none', 'abcd', '', false],
  ])('tells %s', (_, left, right, expected) => {
    expect(isSameHash(left, right)).toBe(expected);
  });
});
