import * as v from 'valibot';
import { commonEnv } from '../core/common-env';
import { type EnvOf, text, whole } from '../core/read-env';

export const aggregatorEnv = v.object({
  ...commonEnv,
  COUNTERS_TABLE: text,
  /** Markers outlive every possible re-drive of a record. */
  MARKER_RETENTION_DAYS: whole(2),
});

export type AggregatorEnv = EnvOf<typeof aggregatorEnv>;
