import * as v from 'valibot';
import { commonEnv } from '../core/common-env';
import { type EnvOf, text, whole } from '../core/read-env';

export const sweeperEnv = v.object({
  ...commonEnv,
  LIMITS_TABLE: text,
  LEDGER_TABLE: text,
  LEDGER_RETENTION_DAYS: whole(1),
});

export type SweeperEnv = EnvOf<typeof sweeperEnv>;
