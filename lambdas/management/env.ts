import * as v from 'valibot';
import { commonEnv } from '../core/common-env';
import { type EnvOf, text } from '../core/read-env';

export const managementEnv = v.object({
  ...commonEnv,
  KEYS_TABLE: text,
  PEPPER_SECRET_ARN: text,
});

export type ManagementEnv = EnvOf<typeof managementEnv>;
