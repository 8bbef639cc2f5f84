import { createAuthenticate } from '../../../lambdas/core/keys/authenticate';
import { createKeyRegister } from '../../../lambdas/core/keys/key-register';
import { createKeysTable } from '../../../lambdas/core/keys/keys-table';
import type { PepperSet } from '../../../lambdas/core/keys/peppers';
import { createManage } from '../../../lambdas/management/manage';
import { dynamoDbOfTests } from '../../support/dynamodb-local';
import { createTestKeysTable } from '../../support/keys-table';

const { client } = dynamoDbOfTests();

/** The management function over an empty table, next to the authentication that reads what it writes. */
const aManagement = async () => {
  const tableName = await createTestKeysTable(client);
  const world = { peppers: { current: '1', byVersion: new Map([['1', 'pepper']]) } satisfies PepperSet as PepperSet };
  const peppers = { read: async () => world.peppers, reread: async () => world.peppers };
  const keys = createKeysTable({ client, tableName });
  const lines: unknown[][] = [];
  const carryOut = createManage({
    register: createKeyRegister({ client, tableName }),
    keys,
    peppers,
    modelIds: ['small', 'large'],
    now: () => new Date('2026-11-21T10:00:00.000Z'),
    log: { event: (...line) => lines.push(line) },
  });
  const authenticate = createAuthenticate({ keys, peppers, cacheSeconds: 0, now: Date.now });
  const manage = (event: unknown) => carryOut(event, { awsRequestId: 'invocation-1' });
  return { world, lines, manage, authenticate: (key: unknown) => authenticate(`Bearer ${key}`), keys };
};

const field = (answer: object, name: string): unknown => Object.entries(answer).find(([key]) => key === name)?.[1];

describe('keys.create', () => {
  it('answers with a key that authenticates as what was asked for', async () => {
    const { manage, authenticate } = await aManagement();

    const answer = await manage({
      action: 'keys.create',
      account: 'acme',
      name: 'ci',
      scopes: ['chat', 'metrics'],
      rpm: 60,
      tpm: 100_000,
      budget: { nanoUsd: 25_000_000_000, period: 'month' },
      cache: true,
      models: ['small'],
    });

    const caller = await authenticate(field(answer, 'key'));
    expect(caller.key).toMatchObject({
      accountId: 'acme',
      name: 'ci',
      scopes: ['chat', 'metrics'],
      limits: {
        requestsPerMinute: 60,
        tokensPerMinute: 100_000,
        budget: { nanoUsd: 25_000_000_000, period: 'month' },
      },
      cache: true,
      models: ['small'],
      createdAt: '2026-11-21T10:00:00.000Z',
    });
    expect(caller.account).toEqual({
      accountId: 'acme',
      limits: {},
      cache: false,
      createdAt: '2026-11-21T10:00:00.000Z',
    });
  });

  it('makes a key that may chat and has no limits when nothing else is asked for', async () => {
    const { manage, authenticate } = await aManagement();

    const answer = await manage({ action: 'keys.create', account: 'acme' });

    const { key } = await authenticate(field(answer, 'key'));
    expect([key.scopes, key.limits, key.cache, key.models]).toEqual([['chat'], {}, undefined, undefined]);
  });

  it('leaves an account that is there as it is', async () => {
    const { manage } = await aManagement();
    await manage({ action: 'keys.create', account: 'acme' });
    await manage({ action: 'accounts.cache', account: 'acme', cache: true });

    await manage({ action: 'keys.create', account: 'acme' });

    expect(await manage({ action: 'accounts.get', account: 'acme' })).toMatchObject({ cache: true });
  });

  it('takes a key that was chosen, and repeated changes nothing, not even after the pepper was rotated', async () => {
    const { world, manage, authenticate } = await aManagement();
    const request = { action: 'keys.create', account: 'local', key: 'fg_local_devsecret' };
    const first = await manage({ ...request, rpm: 5 });
    world.peppers = { current: '2', byVersion: new Map([...world.peppers.byVersion, ['2', 'younger']]) };

    const second = await manage({ ...request, rpm: 9 });

    expect(second).toEqual(first);
    await expect(authenticate('fg_local_devsecret')).resolves.toMatchObject({
      key: { limits: { requestsPerMinute: 5 } },
    });
  });

  it.each([
    ['another secret', { account: 'local', key: 'fg_local_othersecret' }],
    ['another account', { account: 'elsewhere', key: 'fg_local_devsecret' }],
  ])('refuses a chosen key whose id has %s', async (_, fields) => {
    const { manage } = await aManagement();
    await manage({ action: 'keys.create', account: 'local', key: 'fg_local_devsecret' });

    const answer = await manage({ action: 'keys.create', ...fields });

    expect(answer).toMatchObject({ error: { code: 'conflict', message: expect.stringMatching(/another key/) } });
  });

  it('does not bring a revoked key back', async () => {
    const { manage } = await aManagement();
    const request = { action: 'keys.create', account: 'local', key: 'fg_local_devsecret' };
    await manage(request);
    await manage({ action: 'keys.revoke', keyId: 'local' });

    expect(await manage(request)).toMatchObject({ error: { code: 'conflict' } });
  });

  it('stores nothing from which the key could be read', async () => {
    const { manage, keys } = await aManagement();
    const answer = await manage({ action: 'keys.create', account: 'acme', key: 'fg_local_devsecret' });

    const stored = JSON.stringify(await keys.findKey('local'));
    const listed = JSON.stringify(await manage({ action: 'keys.list' }));

    expect(field(answer, 'key')).toBe('fg_local_devsecret');
    expect(stored).not.toContain('devsecret');
    expect(listed).not.toContain('devsecret');
    expect(listed).not.toContain('hash');
  });
});

describe('the log', () => {
  it('says what was done for whom, and never the key', async () => {
    const { manage, lines } = await aManagement();

    await manage({ action: 'keys.create', account: 'acme', key: 'fg_one_devsecret' });
    await manage({ action: 'keys.revoke', keyId: 'nobody' });

    expect(lines).toMatchObject([
      ['management_action', { requestId: 'invocation-1', accountId: 'acme', keyId: 'one' }, { action: 'keys.create' }],
      ['management_refused', { requestId: 'invocation-1' }, { error_code: 'not_found' }],
    ]);
    expect(JSON.stringify(lines)).not.toContain('devsecret');
  });
});

describe('keys.list', () => {
  it('shows the keys of one account, or all, with the names that operators use', async () => {
    const { manage } = await aManagement();
    await manage({ action: 'keys.create', account: 'acme', key: 'fg_one_devsecret', rpm: 60 });
    await manage({ action: 'keys.create', account: 'other', key: 'fg_two_devsecret' });

    const ofAcme = await manage({ action: 'keys.list', account: 'acme' });
    const all = await manage({ action: 'keys.list' });

    expect(ofAcme).toMatchObject({ keys: [{ keyId: 'one', account: 'acme', limits: { rpm: 60 } }] });
    expect(field(all, 'keys')).toHaveLength(2);
  });
});

describe('keys.revoke', () => {
  it('ends a key, and says when', async () => {
    const { manage, authenticate } = await aManagement();
    await manage({ action: 'keys.create', account: 'acme', key: 'fg_one_devsecret' });

    const answer = await manage({ action: 'keys.revoke', keyId: 'one' });

    expect(answer).toMatchObject({ keyId: 'one', revokedAt: '2026-11-21T10:00:00.000Z' });
    await expect(authenticate('fg_one_devsecret')).rejects.toMatchObject({ code: 'invalid_key' });
  });
});

describe('limits', () => {
  const BUDGET = { nanoUsd: 1_000, period: 'day' };

  it.each([
    ['sets what is named and keeps the rest', { tpm: 7 }, { rpm: 1, tpm: 7, budget: BUDGET }],
    ['removes what is null', { rpm: null }, { budget: BUDGET }],
    ['removes all', { none: true }, {}],
    ['removes all but what is named', { none: true, tpm: 7 }, { tpm: 7 }],
  ])('%s', async (_, change, expected) => {
    const { manage } = await aManagement();
    const limits = { rpm: 1, budget: BUDGET };
    await manage({ action: 'keys.create', account: 'acme', key: 'fg_one_devsecret', ...limits });
    await manage({ action: 'accounts.limit', account: 'acme', ...limits });

    const key = await manage({ action: 'keys.limit', keyId: 'one', ...change });
    const account = await manage({ action: 'accounts.limit', account: 'acme', ...change });

    expect([field(key, 'limits'), field(account, 'limits')]).toEqual([expected, expected]);
  });
});

describe('a request that cannot be carried out', () => {
  const MANY = ['keys.create', 'keys.list', 'keys.revoke', 'keys.limit', 'accounts.list', 'accounts.get'].join(', ');

  it.each([
    ['no object', 'keys.list', 'unknown_action', `There is no action "". There are ${MANY}`],
    ['nothing', undefined, 'unknown_action', 'There is no action ""'],
    ['an unknown action', { action: 'keys.destroy' }, 'unknown_action', 'There is no action "keys.destroy"'],
    ['an inherited action', { action: 'constructor' }, 'unknown_action', 'There is no action "constructor"'],
    ['a missing field', { action: 'keys.create' }, 'invalid_field', 'account is missing.'],
    [
      'an unknown field',
      { action: 'keys.list', acount: 'acme' },
      'invalid_field',
      'acount is not a field of this action.',
    ],
    [
      'an account with a separator',
      { action: 'keys.create', account: 'key#1' },
      'invalid_field',
      'account: must be 1 to 64 letters',
    ],
    [
      'an unknown scope',
      { action: 'keys.create', account: 'a', scopes: ['root'] },
      'invalid_field',
      'scopes.0: must be one of chat',
    ],
    [
      'no scope',
      { action: 'keys.create', account: 'a', scopes: [] },
      'invalid_field',
      'scopes: must name at least one scope.',
    ],
    ['a limit of zero', { action: 'keys.create', account: 'a', rpm: 0 }, 'invalid_field', 'rpm: must be at least 1.'],
    [
      'half a request',
      { action: 'keys.create', account: 'a', rpm: 0.5 },
      'invalid_field',
      'rpm: must be a whole number',
    ],
    ['a limit as text', { action: 'keys.create', account: 'a', tpm: '60' }, 'invalid_field', 'tpm: must be a number.'],
    [
      'a budget per year',
      { action: 'keys.create', account: 'a', budget: { nanoUsd: 1, period: 'year' } },
      'invalid_field',
      'budget.period: must be day or month.',
    ],
    [
      'a budget beyond a million dollars',
      { action: 'keys.create', account: 'a', budget: { nanoUsd: 1e15 + 1, period: 'day' } },
      'invalid_field',
      'budget.nanoUsd: must be at most',
    ],
    [
      'a weak key',
      { action: 'keys.create', account: 'a', key: 'fg_a_b' },
      'invalid_field',
      'key: must read fg_<id>_<secret>',
    ],
    [
      'an unknown model',
      { action: 'keys.create', account: 'a', models: ['small', 'huge'] },
      'invalid_field',
      'models: huge is not in the catalogue. It has small, large.',
    ],
    ['a key that is not there', { action: 'keys.revoke', keyId: 'x' }, 'not_found', 'There is no key with the id x.'],
    ['limits of a key that is not there', { action: 'keys.limit', keyId: 'x', rpm: 1 }, 'not_found', 'There is no key'],
    [
      'limits of an unknown account',
      { action: 'accounts.limit', account: 'x', rpm: 1 },
      'not_found',
      'There is no account x.',
    ],
    ['an unknown account', { action: 'accounts.get', account: 'x' }, 'not_found', 'There is no account x.'],
    ['no limit to change', { action: 'keys.limit', keyId: 'x' }, 'invalid_field', 'Name a limit to change'],
    ['none: false alone', { action: 'keys.limit', keyId: 'x', none: false }, 'invalid_field', 'Name a limit to change'],
  ])('is answered with what is wrong: %s', async (_, event, code, message) => {
    const { manage, keys } = await aManagement();

    const answer = await manage(event);

    expect(answer).toEqual({ error: { code, message: expect.stringContaining(message) } });
    expect(await keys.findAccount('a')).toBeUndefined();
  });

  it('is an error of the function when the fault is not the operator’s', async () => {
    const { world, manage } = await aManagement();
    world.peppers = { current: '3', byVersion: new Map() };

    await expect(manage({ action: 'keys.create', account: 'acme' })).rejects.toThrow('no version 3');
  });
});
