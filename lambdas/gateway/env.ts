import * as v from 'valibot';
import { commonEnv } from '../core/common-env';
import { type EnvOf, text, whole } from '../core/read-env';

export const gatewayEnv = v.object({
  ...commonEnv,
  KEYS_TABLE: text,
  LIMITS_TABLE: text,
  LEDGER_TABLE: text,
  CACHE_TABLE: text,
  /** The Secrets Manager secret that holds the peppers of the key hashes. */
  PEPPER_SECRET_ARN: text,
  /** The output bound of a request that names none. */
  DEFAULT_MAX_OUTPUT_TOKENS: whole(1),
  /** Below this many output tokens a call is refused rather than clamped. */
  MIN_OUTPUT_TOKENS: whole(1),
  /** How long a key, revoked meanwhile, may still be accepted. */
  KEY_CACHE_SECONDS: whole(),
  CACHE_TTL_SECONDS: whole(1),
  LEDGER_RETENTION_DAYS: whole(1),
  /** The longest single attempt. */
  PROVIDER_TIMEOUT_SECONDS: whole(1),
  /** The Region whose Bedrock endpoint is called. */
  BEDROCK_REGION: text,
  /** Which inference profiles to prefer: the geographic prefix of the Region (`us`, `eu`, ...), or `global`. */
  BEDROCK_PROFILE: text,
});

/** The construct spells the function's environment `satisfies GatewayEnv`: a missing variable does not compile. */
export type GatewayEnv = EnvOf<typeof gatewayEnv>;
