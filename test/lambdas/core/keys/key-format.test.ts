import { formatKey, generateKey, parseKey } from '../../../../lambdas/core/keys/key-format';

describe('a generated key', () => {
  it('has an id of 16 and a secret of 40 letters and digits', () => {
    expect(formatKey(generateKey())).toMatch(/^fg_[0-9A-Za-z]{16}_[0-9A-Za-z]{40}$/);
  });

  it('can be taken apart again', () => {
    const key = generateKey();

    expect(parseKey(formatKey(key))).toEqual(key);
  });

  it('never comes twice', () => {
    const keys = Array.from({ length: 1_000 }, () => formatKey(generateKey()));

    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('parseKey', () => {
  it('accepts a short key that somebody chose for a local machine', () => {
    expect(parseKey('fg_local_devsecret')).toEqual({ keyId: 'local', secret: 'devsecret' });
  });

  it.each([
    ['nothing', ''],
    ['another prefix', 'sk_local_devsecret'],
    ['a prefix in capitals', 'FG_local_devsecret'],
    ['no secret', 'fg_local'],
    ['an empty id', 'fg__devsecret'],
    ['a secret that is too short', 'fg_local_1234567'],
    ['a secret that is too long', `fg_local_${'a'.repeat(129)}`],
    ['an id that is too long', `fg_${'a'.repeat(33)}_devsecret`],
    ['a fourth part', 'fg_local_devsecret_more'],
    ['a separator of the table', 'fg_lo#cal_devsecret'],
    ['a space', 'fg_local_dev secret'],
    ['a line break at the end', 'fg_local_devsecret\n'],
    ['letters beyond ASCII', 'fg_löcal_devsecret'],
    ['a megabyte', `fg_local_${'a'.repeat(1_000_000)}`],
  ])('refuses %s', (_, text) => {
    expect(parseKey(text)).toBeUndefined();
  });
});
