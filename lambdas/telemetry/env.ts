import * as v from 'valibot';
import { commonEnv } from '../core/common-env';
import { telemetryNamesText } from '../core/platform/telemetry-names';
import { type EnvOf, text, whole } from '../core/read-env';

export const telemetryEnv = v.object({
  ...commonEnv,
  KEYS_TABLE: text,
  LEDGER_TABLE: text,
  PEPPER_SECRET_ARN: text,
  KEY_CACHE_SECONDS: whole(),
  LEDGER_RETENTION_DAYS: whole(1),
  /** JSON: the values that a deployment has named, by label. */
  TELEMETRY_NAMES: telemetryNamesText,
});

export type TelemetryEnv = EnvOf<typeof telemetryEnv>;
