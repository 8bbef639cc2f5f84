/** Limits of one scope (a key or an account). An absent limit is unlimited and costs no write. */
export type Limits = {
  requestsPerMinute?: number;
  tokensPerMinute?: number;
  budget?: { nanoUsd: number; period: 'day' | 'month' };
};

export const SCOPES = ['chat', 'metrics', 'telemetry', 'debug'] as const;
/** What a key may do: call models, read metrics, report telemetry, and have all log lines of its own requests written. */
export type KeyScope = (typeof SCOPES)[number];

/** An account as stored under `account#<accountId>` in the keys table. */
export type Account = {
  accountId: string;
  limits: Limits;
  /** The exact cache, unless the key says otherwise. */
  cache: boolean;
  createdAt: string;
};

/** A key as stored under `key#<keyId>`. The secret itself is never stored. */
export type ApiKey = {
  keyId: string;
  accountId: string;
  name: string;
  /** HMAC-SHA-256 of the secret under the pepper of `pepperVersion`, base64. */
  hash: string;
  pepperVersion: string;
  scopes: readonly KeyScope[];
  limits: Limits;
  /** Overrides the account's setting. */
  cache?: boolean;
  /** Catalogue ids; absent allows every model. */
  models?: readonly string[];
  createdAt: string;
  revokedAt?: string;
};

/** Who is calling, once authenticated. */
export type Caller = { key: ApiKey; account: Account };
