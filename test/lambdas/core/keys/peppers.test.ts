import { createPeppers, parsePeppers } from '../../../../lambdas/core/keys/peppers';

/** Secrets Manager with one secret that can be changed and can fail. */
const aSecret = (initial: unknown) => {
  const secret = { value: initial, reads: 0, failing: false };
  const client = {
    send: async () => {
      secret.reads += 1;
      if (secret.failing) throw new Error('Secrets Manager is down.');
      return { $metadata: {}, SecretString: JSON.stringify(secret.value) };
    },
  };
  return { secret, client };
};

const aPeppers = (initial: unknown) => {
  const { secret, client } = aSecret(initial);
  const clock = { now: 0 };
  return { secret, clock, peppers: createPeppers({ client, secretId: 'pepper', now: () => clock.now }) };
};

describe('the peppers', () => {
  it('are read once and kept', async () => {
    const { secret, peppers } = aPeppers({ current: '1', 1: 'first' });

    await Promise.all([peppers.read(), peppers.read(), peppers.read()]);

    expect(secret.reads).toBe(1);
  });

  it('are read again after five minutes', async () => {
    const { secret, clock, peppers } = aPeppers({ current: '1', 1: 'first' });
    await peppers.read();
    secret.value = { current: '2', 1: 'first', 2: 'second' };

    clock.now = 5 * 60_000;
    const set = await peppers.read();

    expect(set.current).toBe('2');
  });

  it('are read again on request, but not more often than every five seconds', async () => {
    const { secret, clock, peppers } = aPeppers({ current: '1', 1: 'first' });
    await peppers.read();

    clock.now = 4_999;
    await peppers.reread();
    const early = secret.reads;
    clock.now = 5_000;
    await peppers.reread();
    await peppers.reread();

    expect([early, secret.reads]).toEqual([1, 2]);
  });

  it('are asked for again after a failure', async () => {
    const { secret, peppers } = aPeppers({ current: '1', 1: 'first' });
    secret.failing = true;
    const failed = await peppers.read().catch(() => 'failed');

    secret.failing = false;
    const set = await peppers.read();

    expect([failed, set.byVersion.get('1')]).toEqual(['failed', 'first']);
  });
});

describe('parsePeppers', () => {
  it.each([
    ['no JSON', 'S3CRET'],
    ['a string', '"S3CRET"'],
    ['a list', '["S3CRET"]'],
    ['a pepper that is not a string', '{"current":"1","1":{"nested":"S3CRET"}}'],
    ['an empty pepper', '{"current":"1","1":"","2":"S3CRET"}'],
    ['no current version', '{"1":"S3CRET"}'],
    ['a current version that is not there', '{"current":"2","1":"S3CRET"}'],
  ])('refuses %s without quoting the secret', (_, text) => {
    expect(() => parsePeppers(text)).toThrow(/^The pepper secret (?!.*S3CRET)/);
  });
});
