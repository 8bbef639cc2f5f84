import { GatewayError } from '../../core/errors';
import type { Caller } from '../../core/keys/account';

/**
 * Whose statistics a caller gets: those of the account that it names; else of everything if its key may read metrics, and
 * of its own account if not (undefined means everything). Throws `missing_scope` for another account without the scope.
 */
export const chooseAccount = ({ key }: Caller, asked: string | undefined): string | undefined => {
  const mayReadAll = key.scopes.includes('metrics');
  if (asked === undefined) return mayReadAll ? undefined : key.accountId;
  if (mayReadAll || asked === key.accountId) return asked;
  throw new GatewayError(
    'missing_scope',
    'This key may read the statistics of its own account only. Others need a key with the scope "metrics".',
    { param: 'account' },
  );
};
