import * as v from 'valibot';
import { commonEnv } from '../core/common-env';
import { type EnvOf, text, whole } from '../core/read-env';

export const expositionEnv = v.object({
  ...commonEnv,
  KEYS_TABLE: text,
  LIMITS_TABLE: text,
  COUNTERS_TABLE: text,
  LEDGER_TABLE: text,
  PEPPER_SECRET_ARN: text,
  KEY_CACHE_SECONDS: whole(),
  METRICS_CACHE_SECONDS: whole(),
});

export type ExpositionEnv = EnvOf<typeof expositionEnv>;
