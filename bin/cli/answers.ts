import * as v from 'valibot';

const limits = v.object({
  rpm: v.optional(v.number()),
  tpm: v.optional(v.number()),
  budget: v.optional(v.object({ nanoUsd: v.number(), period: v.picklist(['day', 'month']) })),
});

/** A key as the management function shows it. */
export const keyAnswer = v.object({
  keyId: v.string(),
  account: v.string(),
  name: v.string(),
  scopes: v.array(v.string()),
  limits,
  cache: v.optional(v.boolean()),
  models: v.optional(v.array(v.string())),
  createdAt: v.string(),
  revokedAt: v.optional(v.string()),
});

export const newKeyAnswer = v.object({ ...keyAnswer.entries, key: v.string() });
export const keysAnswer = v.object({ keys: v.array(keyAnswer) });

export const accountAnswer = v.object({
  account: v.string(),
  limits,
  cache: v.boolean(),
  createdAt: v.string(),
});

export const accountsAnswer = v.object({ accounts: v.array(accountAnswer) });
export const errorAnswer = v.object({ error: v.object({ code: v.string(), message: v.string() }) });

export type KeyAnswer = v.InferOutput<typeof keyAnswer>;
export type AccountAnswer = v.InferOutput<typeof accountAnswer>;
