import * as v from 'valibot';
import { commonEnv } from '../core/common-env';
import type { EnvOf } from '../core/read-env';

export const healthEnv = v.object({
  ...commonEnv,
});

export type HealthEnv = EnvOf<typeof healthEnv>;
