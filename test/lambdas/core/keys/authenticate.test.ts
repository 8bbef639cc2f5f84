import { createHmac } from 'node:crypto';
import type { Account, ApiKey } from '../../../../lambdas/core/keys/account';
import { createAuthenticate } from '../../../../lambdas/core/keys/authenticate';
import { hashSecret } from '../../../../lambdas/core/keys/hash';
import type { PepperSet } from '../../../../lambdas/core/keys/peppers';
import { anAccount, anApiKey } from '../../../support/caller';

jest.mock('node:crypto', () => {
  const real = jest.requireActual<typeof import('node:crypto')>('node:crypto');
  return { ...real, createHmac: jest.fn(real.createHmac) };
});

/** A keys table and a pepper secret in memory, and a clock. */
const aWorld = ({ cacheSeconds = 60, keys = [anApiKey()], accounts = [anAccount()] } = {}) => {
  const world = {
    keys: new Map<string, ApiKey>(keys.map((key) => [key.keyId, key])),
    accounts: new Map<string, Account>(accounts.map((account) => [account.accountId, account])),
    peppers: aPepperSet({ 1: 'pepper' }),
    younger: undefined as PepperSet | undefined,
    reads: [] as string[],
    now: 1_000_000,
    failing: false,
  };
  const read = async <T>(name: string, value: () => T): Promise<T> => {
    world.reads.push(name);
    if (world.failing) throw new Error('The table is down.');
    return value();
  };
  const authenticate = createAuthenticate({
    keys: {
      findKey: (id) => read(`key ${id}`, () => world.keys.get(id)),
      findAccount: (id) => read(`account ${id}`, () => world.accounts.get(id)),
    },
    peppers: {
      read: () => read('peppers', () => world.peppers),
      reread: () => read('peppers again', () => world.younger ?? world.peppers),
    },
    cacheSeconds,
    now: () => world.now,
  });
  return { world, authenticate };
};

const aPepperSet = (peppers: Record<string, string>): PepperSet => ({
  current: Object.keys(peppers).at(-1) ?? '',
  byVersion: new Map(Object.entries(peppers)),
});

const GOOD = 'Bearer fg_key1_devsecret';

describe('authenticate', () => {
  it('says which key of which account is calling', async () => {
    const { authenticate } = aWorld();

    const caller = await authenticate(GOOD);

    expect(caller).toEqual({ key: anApiKey(), account: anAccount() });
  });

  it.each(['bearer fg_key1_devsecret', 'BEARER fg_key1_devsecret', ' Bearer fg_key1_devsecret '])(
    'reads %p as the same key',
    async (header) => {
      const { authenticate } = aWorld();

      await expect(authenticate(header)).resolves.toMatchObject({ key: { keyId: 'key1' } });
    },
  );

  it.each([
    [undefined, /No API key was sent/],
    ['', /No API key was sent/],
    ['fg_key1_devsecret', /must read "Bearer fg_/],
    ['Basic Zmdfa2V5MQ==', /must read "Bearer fg_/],
    ['Bearer fg_key1_devsecret and more', /must read "Bearer fg_/],
    ['Bearer sk-1234567890', /malformed.*fg_<id>_<secret>/],
    [`Bearer ${'x'.repeat(100_000)}`, /malformed/],
  ])('tells who sends %p what to send, without reading anything', async (header, message) => {
    const { world, authenticate } = aWorld();

    await expect(authenticate(header)).rejects.toMatchObject({
      code: 'invalid_key',
      message: expect.stringMatching(message),
    });

    expect(world.reads).toEqual([]);
  });

  it('says the same of an unknown key, a wrong secret, a revoked key and a key without account', async () => {
    const { authenticate } = aWorld({
      keys: [
        anApiKey(),
        anApiKey({ keyId: 'revoked', revokedAt: '2026-11-02T00:00:00.000Z' }),
        anApiKey({ keyId: 'orphan', accountId: 'gone' }),
      ],
    });
    const headers = ['fg_nobody_devsecret', 'fg_key1_wrongsecret', 'fg_revoked_devsecret', 'fg_orphan_devsecret'];

    const errors = await Promise.all(
      headers.map((key) => authenticate(`Bearer ${key}`).catch((error: unknown) => error)),
    );

    expect(errors).toEqual(Array(4).fill(errors[0]));
    expect(errors[0]).toMatchObject({ code: 'invalid_key', message: expect.stringMatching(/is not valid/) });
  });

  it('hashes as often for a key that does not exist as for a wrong secret', async () => {
    const { authenticate } = aWorld();
    const hashes = jest.mocked(createHmac);

    hashes.mockClear();
    await authenticate('Bearer fg_nobody_devsecret').catch(() => undefined);
    const unknown = hashes.mock.calls.length;
    hashes.mockClear();
    await authenticate('Bearer fg_key1_wrongsecret').catch(() => undefined);

    expect([unknown, hashes.mock.calls.length]).toEqual([1, 1]);
  });

  it('asks for the pepper while the key is being read', async () => {
    const { world, authenticate } = aWorld();

    await authenticate(GOOD);

    expect(world.reads).toEqual(['key key1', 'peppers', 'account acme']);
  });

  it('accepts keys of an older pepper as long as its version is listed', async () => {
    const { world, authenticate } = aWorld({ cacheSeconds: 0 });
    world.peppers = aPepperSet({ 1: 'pepper', 2: 'younger' });

    const listed = await authenticate(GOOD).then(() => 'accepted');
    world.peppers = aPepperSet({ 2: 'younger' });
    const unlisted = await authenticate(GOOD).catch(({ code }) => code);

    expect([listed, unlisted]).toEqual(['accepted', 'invalid_key']);
  });

  it('accepts a key whose pepper is younger than the copy in memory', async () => {
    const key = anApiKey({ pepperVersion: '2', hash: hashSecret('devsecret', 'younger') });
    const { world, authenticate } = aWorld({ keys: [key] });
    world.younger = aPepperSet({ 1: 'pepper', 2: 'younger' });

    await expect(authenticate(GOOD)).resolves.toMatchObject({ key: { pepperVersion: '2' } });
  });

  it('never accepts the empty pepper for a version that is nowhere', async () => {
    const key = anApiKey({ pepperVersion: '9', hash: hashSecret('devsecret', '') });
    const { authenticate } = aWorld({ keys: [key] });

    await expect(authenticate(GOOD)).rejects.toMatchObject({ code: 'invalid_key' });
  });
});

describe('the memory of authenticate', () => {
  it('reads nothing for a caller it remembers, for as long as it was told', async () => {
    const { world, authenticate } = aWorld({ cacheSeconds: 60 });
    await authenticate(GOOD);
    world.reads = [];

    world.now += 59_999;
    await authenticate(GOOD);
    const remembered = [...world.reads];
    world.now += 1;
    await authenticate(GOOD);

    expect([remembered, world.reads.length]).toEqual([[], 3]);
  });

  it('accepts a revoked key for that long and not longer', async () => {
    const { world, authenticate } = aWorld({ cacheSeconds: 60 });
    await authenticate(GOOD);
    world.keys.set('key1', anApiKey({ revokedAt: '2026-11-02T00:00:00.000Z' }));

    const within = await authenticate(GOOD).then(() => 'accepted');
    world.now += 60_000;
    const after = await authenticate(GOOD).catch(({ code }) => code);

    expect([within, after]).toEqual(['accepted', 'invalid_key']);
  });

  it('does not take another secret for a remembered key', async () => {
    const { authenticate } = aWorld();
    await authenticate(GOOD);

    await expect(authenticate('Bearer fg_key1_wrongsecret')).rejects.toMatchObject({ code: 'invalid_key' });
  });

  it('remembers a refusal for five seconds', async () => {
    const { world, authenticate } = aWorld({ keys: [] });
    await authenticate(GOOD).catch(() => undefined);
    world.keys.set('key1', anApiKey());

    world.now += 4_999;
    const soon = await authenticate(GOOD).catch(({ code }) => code);
    world.now += 1;
    const later = await authenticate(GOOD).then(() => 'accepted');

    expect([soon, later]).toEqual(['invalid_key', 'accepted']);
  });

  it('keeps a caller although ten thousand junk keys come by', async () => {
    const { world, authenticate } = aWorld();
    await authenticate(GOOD);
    for (let index = 0; index < 10_000; index += 1) {
      await authenticate(`Bearer fg_junk${index}_devsecret`).catch(() => undefined);
    }
    world.reads = [];

    await authenticate(GOOD);

    expect(world.reads).toEqual([]);
  });
});

describe('authenticate without its stores', () => {
  it('refuses everybody it does not remember with 503, and accepts them again afterwards', async () => {
    const { world, authenticate } = aWorld();
    world.failing = true;
    const failed = await authenticate(GOOD).catch((error: unknown) => error);

    world.failing = false;
    const caller = await authenticate(GOOD);

    expect(failed).toMatchObject({
      code: 'store_unavailable',
      retryAfterSeconds: 2,
      cause: new Error('The table is down.'),
    });
    expect(caller.key.keyId).toBe('key1');
  });
});
