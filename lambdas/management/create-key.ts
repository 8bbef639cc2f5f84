import * as v from 'valibot';
import type { ApiKey } from '../core/keys/account';
import { hashSecret, isSameHash } from '../core/keys/hash';
import { formatKey, generateKey, type PresentedKey, parseKey } from '../core/keys/key-format';
import type { PepperSet } from '../core/keys/peppers';
import { account, cache, givenKey, name, newLimits, scopes } from './fields';
import { ManagementError } from './management-error';
import type { ManagementDeps } from './ports';
import { toKeyView } from './views';

export const createKeyInput = v.strictObject({
  account,
  name: v.optional(name, ''),
  scopes: v.optional(scopes, ['chat']),
  ...newLimits,
  cache: v.optional(cache),
  models: v.optional(v.pipe(v.array(v.string('must be a list of model ids')), v.minLength(1, 'must name a model'))),
  key: v.optional(givenKey),
});

type CreateKeyInput = v.InferOutput<typeof createKeyInput>;

/**
 * Makes a key, and its account when that is new. The answer is the only place where the key itself ever appears.
 * A key that was given and is there already is left as it is, so that a repeated call changes nothing.
 */
export const createKey = async (deps: ManagementDeps, input: CreateKeyInput) => {
  refuseUnknownModels(deps, input.models ?? []);
  const presented = (input.key === undefined ? undefined : parseKey(input.key)) ?? generateKey();
  const peppers = await deps.peppers.read();
  const createdAt = deps.now().toISOString();
  const key = toApiKey({ input, presented, peppers, createdAt });

  await deps.register.ensureAccount({ accountId: input.account, limits: {}, cache: false, createdAt });
  const existing = await deps.register.addKey(key);
  if (existing && !isRepeat(existing, { presented, peppers, account: input.account })) {
    throw new ManagementError('conflict', `There is another key with the id ${presented.keyId}. Choose another id.`);
  }
  return { key: formatKey(presented), ...toKeyView(existing ?? key) };
};

type NewKey = { input: CreateKeyInput; presented: PresentedKey; peppers: PepperSet; createdAt: string };

const toApiKey = ({ input, presented, peppers, createdAt }: NewKey): ApiKey => ({
  keyId: presented.keyId,
  accountId: input.account,
  name: input.name,
  hash: hashSecret(presented.secret, pepper(peppers, peppers.current)),
  pepperVersion: peppers.current,
  scopes: input.scopes,
  limits: { requestsPerMinute: input.rpm, tokensPerMinute: input.tpm, budget: input.budget },
  cache: input.cache,
  models: input.models,
  createdAt,
});

type Attempt = { presented: PresentedKey; peppers: PepperSet; account: string };

const isRepeat = (existing: ApiKey, { presented, peppers, account: accountId }: Attempt): boolean =>
  existing.accountId === accountId &&
  existing.revokedAt === undefined &&
  isSameHash(existing.hash, hashSecret(presented.secret, pepper(peppers, existing.pepperVersion)));

const pepper = ({ byVersion }: PepperSet, version: string): string => {
  const found = byVersion.get(version);
  if (found === undefined) throw new Error(`The pepper secret has no version ${version}.`);
  return found;
};

const refuseUnknownModels = ({ modelIds }: ManagementDeps, models: readonly string[]): void => {
  const unknown = models.filter((model) => !modelIds.includes(model));
  if (unknown.length === 0) return;
  throw new ManagementError(
    'invalid_field',
    `models: ${unknown.join(', ')} is not in the catalogue. It has ${modelIds.join(', ')}.`,
  );
};
