import { createKeyRegister, type KeyRegister } from '../../../../lambdas/core/keys/key-register';
import { createKeysTable, type KeysTable } from '../../../../lambdas/core/keys/keys-table';
import { anAccount, anApiKey } from '../../../support/caller';
import { dynamoDbOfTests } from '../../../support/dynamodb-local';
import { createTestKeysTable } from '../../../support/keys-table';

const { client } = dynamoDbOfTests();
let table: KeysTable;
let register: KeyRegister;

beforeEach(async () => {
  const tableName = await createTestKeysTable(client);
  table = createKeysTable({ client, tableName });
  register = createKeyRegister({ client, tableName });
});

describe('keys in DynamoDB', () => {
  it('are read as they were stored', async () => {
    const key = anApiKey({
      scopes: ['chat', 'metrics', 'debug'],
      limits: { requestsPerMinute: 60, tokensPerMinute: 1_000, budget: { nanoUsd: 25_000_000_000, period: 'month' } },
      cache: true,
      models: ['one', 'two'],
    });

    await register.addKey(key);

    expect(await table.findKey('key1')).toEqual(key);
  });

  it('are undefined when nobody stored them', async () => {
    const found = [await table.findKey('key1'), await table.findAccount('acme')];

    expect(found).toEqual([undefined, undefined]);
  });

  it('are left alone when one of the same id comes', async () => {
    await register.addKey(anApiKey({ name: 'first' }));

    const existing = await register.addKey(anApiKey({ name: 'second' }));

    expect([existing?.name, (await table.findKey('key1'))?.name]).toEqual(['first', 'first']);
  });

  it('are listed by account, or all, and without accounts', async () => {
    await register.ensureAccount(anAccount());
    await register.addKey(anApiKey({ keyId: 'a' }));
    await register.addKey(anApiKey({ keyId: 'b' }));
    await register.addKey(anApiKey({ keyId: 'c', accountId: 'other' }));

    const ofAcme = await register.listKeys('acme');
    const all = await register.listKeys();

    expect(ofAcme.map(({ keyId }) => keyId)).toEqual(['a', 'b']);
    expect(all.map(({ keyId }) => keyId).sort()).toEqual(['a', 'b', 'c']);
  });

  it('are listed over several pages', async () => {
    const name = 'x'.repeat(300_000);
    for (const keyId of ['a', 'b', 'c', 'd', 'e']) await register.addKey(anApiKey({ keyId, name }));

    const counts = [(await register.listKeys()).length, (await register.listKeys('acme')).length];

    expect(counts).toEqual([5, 5]);
  });

  it('keep the time at which they were first revoked', async () => {
    await register.addKey(anApiKey());
    await register.revokeKey('key1', '2026-11-02T00:00:00.000Z');

    const again = await register.revokeKey('key1', '2026-11-03T00:00:00.000Z');

    expect(again?.revokedAt).toBe('2026-11-02T00:00:00.000Z');
  });

  it('change one limit and keep the others', async () => {
    await register.addKey(anApiKey({ limits: { requestsPerMinute: 60, tokensPerMinute: 1_000 } }));

    const changed = await register.limitKey('key1', {
      requestsPerMinute: 90,
      tokensPerMinute: null,
      budget: { nanoUsd: 5, period: 'day' },
    });

    expect(changed?.limits).toEqual({ requestsPerMinute: 90, budget: { nanoUsd: 5, period: 'day' } });
  });

  it('keep both of two changes made at once', async () => {
    await register.addKey(anApiKey());

    await Promise.all([
      register.limitKey('key1', { requestsPerMinute: 90 }),
      register.limitKey('key1', { tokensPerMinute: 7 }),
    ]);

    expect((await table.findKey('key1'))?.limits).toEqual({ requestsPerMinute: 90, tokensPerMinute: 7 });
  });

  it('are not made by being revoked or limited', async () => {
    const answers = [
      await register.revokeKey('key1', '2026-11-02T00:00:00.000Z'),
      await register.limitKey('key1', { requestsPerMinute: null }),
      await register.limitAccount('acme', { requestsPerMinute: 1 }),
      await register.cacheAccount('acme', true),
    ];

    expect(answers).toEqual([undefined, undefined, undefined, undefined]);
    expect([await table.findKey('key1'), await table.findAccount('acme')]).toEqual([undefined, undefined]);
  });

  it('that were not written by Fluxgate are refused, not guessed at', async () => {
    await register.addKey({ ...anApiKey(), scopes: JSON.parse('["root"]') });

    await expect(table.findKey('key1')).rejects.toThrow(/root/);
  });
});

describe('accounts in DynamoDB', () => {
  it('are made once', async () => {
    await register.ensureAccount(anAccount({ cache: true }));

    const second = await register.ensureAccount(anAccount({ cache: false }));

    expect([second.cache, (await table.findAccount('acme'))?.cache]).toEqual([true, true]);
  });

  it('are limited and given the cache', async () => {
    await register.ensureAccount(anAccount());
    await register.limitAccount('acme', { budget: { nanoUsd: 100, period: 'month' } });

    await register.cacheAccount('acme', true);

    expect(await register.listAccounts()).toEqual([
      anAccount({ cache: true, limits: { budget: { nanoUsd: 100, period: 'month' } } }),
    ]);
  });
});
