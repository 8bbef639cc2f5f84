import type { ReadTotals } from '../../core/counters/read-totals';
import { GatewayError } from '../../core/errors';
import type { Caller } from '../../core/keys/account';
import type { KeysTable } from '../../core/keys/keys-table';
import { createRecent } from '../../core/keys/recent';
import { isLimited, type Scope } from '../../core/ledger/limits';
import type { ReadScopeState } from '../../core/ledger/read-scope-state';
import type { MakePage } from '../answer-request';
import type { Remembered } from '../create-remembered';
import { createPage, type Page } from '../http/page';
import type { Snapshot } from '../text/metrics-page';
import { chooseAccount } from './choose-account';
import { type ExactJson, toExactJson } from './exact-json';
import { toLimitUsage } from './limit-usage';
import { toAccountStats, toOverallStats } from './stats';

export type AnswerStatsDeps = {
  readSnapshot: Remembered<Snapshot>;
  readTotals: ReadTotals;
  readScopeState: ReadScopeState;
  findAccount: KeysTable['findAccount'];
  /** How long statistics are given again. 0 reads every time. */
  keepMs: number;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** Accounts whose statistics are remembered at once. */
const MAX_REMEMBERED = 100;

/** GET /metrics/stats: tokens, money and limits as JSON, of everything or of one account. */
export const createAnswerStats = (deps: AnswerStatsDeps): MakePage => {
  const ofEverything = async (fresh: boolean): Promise<ExactJson> => {
    const [totals, { series }] = await Promise.all([deps.readTotals(), deps.readSnapshot(fresh)]);
    return toOverallStats(totals, series);
  };

  const usageOf = async (scope: Scope): Promise<ExactJson> =>
    isLimited(scope) ? toLimitUsage(scope.limits, await deps.readScopeState(scope), deps.now()) : {};

  const ofAccount = async (accountId: string, { key }: Caller): Promise<ExactJson> => {
    const account = await deps.findAccount(accountId);
    if (account === undefined) {
      throw new GatewayError('unknown_account', 'There is no such account here.', { param: 'account' });
    }
    const isOwn = key.accountId === accountId;
    const [totals, ofAll, ofKey] = await Promise.all([
      deps.readTotals(accountId),
      usageOf({ pk: `account#${accountId}`, limits: account.limits }),
      isOwn ? usageOf({ pk: `key#${key.keyId}`, limits: key.limits }) : undefined,
    ]);
    return toAccountStats(accountId, totals, { account: ofAll, ...(ofKey === undefined ? {} : { key: ofKey }) });
  };

  const pages = createRecent<Page>({ maxEntries: MAX_REMEMBERED, keepMs: deps.keepMs, now: deps.now });

  return async ({ caller, parameters, fresh }) => {
    const account = chooseAccount(caller, parameters?.account?.at(-1));
    const wish = account === undefined ? '' : `${account} ${caller.key.keyId}`;
    const remembered = fresh ? undefined : pages.get(wish);
    if (remembered !== undefined) return remembered;
    const stats = await (account === undefined ? ofEverything(fresh) : ofAccount(account, caller));
    const page = createPage('application/json; charset=utf-8', `${toExactJson(stats)}\n`);
    pages.set(wish, page);
    return page;
  };
};
