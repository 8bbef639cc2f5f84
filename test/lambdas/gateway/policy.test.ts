import { cachePolicy } from '../../../lambdas/gateway/cache/policy';
import { aCaller } from '../../support/builders';

const ON = { read: true, write: true };
const OFF = { read: false, write: false, state: 'off' };
const BYPASS = { read: false, write: false, state: 'bypass' };
const REFRESH = { read: false, write: true, state: 'bypass' };

type Headers = Record<string, string>;

describe('the cache policy of a request', () => {
  it.each<[account: boolean, key: boolean | undefined, expected: object]>([
    [false, undefined, OFF],
    [true, undefined, ON],
    [true, false, OFF],
    [false, true, ON],
  ])('with the account at %s and the key at %s', (account, key, expected) => {
    const caller = aCaller({ cache: account });

    const policy = cachePolicy({ ...caller, key: { ...caller.key, ...(key !== undefined && { cache: key }) } }, {});

    expect(policy).toEqual(expected);
  });

  it.each<[headers: Headers, optedIn: object, optedOut: object]>([
    [{}, ON, OFF],
    [{ 'x-fluxgate-cache': 'on' }, ON, ON],
    [{ 'x-fluxgate-cache': ' Off ' }, BYPASS, BYPASS],
    [{ 'x-fluxgate-cache': 'refresh' }, REFRESH, REFRESH],
    [{ 'cache-control': 'no-store' }, BYPASS, OFF],
    [{ 'cache-control': 'no-cache' }, REFRESH, OFF],
    [{ 'cache-control': 'Max-Age=0, No-Cache' }, REFRESH, OFF],
    [{ 'cache-control': 'no-cache, no-store' }, BYPASS, OFF],
    [{ 'cache-control': 'max-age=60' }, ON, OFF],
    [{ 'cache-control': 'no-store', 'x-fluxgate-cache': 'on' }, BYPASS, BYPASS],
    [{ 'cache-control': 'no-store', 'x-fluxgate-cache': 'refresh' }, BYPASS, BYPASS],
    [{ 'cache-control': 'no-cache', 'x-fluxgate-cache': 'on' }, REFRESH, REFRESH],
    [{ 'cache-control': 'no-cache', 'x-fluxgate-cache': 'off' }, BYPASS, BYPASS],
  ])('with %j', (headers, optedIn, optedOut) => {
    const policies = [cachePolicy(aCaller({ cache: true }), headers), cachePolicy(aCaller(), headers)];

    expect(policies).toEqual([optedIn, optedOut]);
  });

  it.each(['', 'true', '__proto__', 'constructor'])('refuses the word %j', (word) => {
    expect(() => cachePolicy(aCaller(), { 'x-fluxgate-cache': word })).toThrow(
      expect.objectContaining({ code: 'invalid_request', param: 'X-Fluxgate-Cache' }),
    );
  });
});
