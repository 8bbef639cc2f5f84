import * as v from 'valibot';
import { commonEnv } from '../core/common-env';
import { type EnvOf, text, whole } from '../core/read-env';

export const reconcilerEnv = v.object({
  ...commonEnv,
  COUNTERS_TABLE: text,
  MARKER_RETENTION_DAYS: whole(2),
  FAILURES_BUCKET: text,
});

export type ReconcilerEnv = EnvOf<typeof reconcilerEnv>;
