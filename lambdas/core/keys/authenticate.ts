import { createHash } from 'node:crypto';
import { GatewayError } from '../errors';
import type { Span } from '../telemetry/ports';
import type { ApiKey, Caller } from './account';
import { hashSecret, isSameHash } from './hash';
import { KEY_SHAPE, type PresentedKey, parseKey } from './key-format';
import type { KeysTable } from './keys-table';
import type { PepperSet, Peppers } from './peppers';
import { createRecent } from './recent';

/** Reads the `Authorization` header and says who is calling. Throws `GatewayError` `invalid_key` or `store_unavailable`. */
export type Authenticate = (authorization: string | undefined, span?: Span) => Promise<Caller>;

export type AuthenticateDeps = {
  keys: KeysTable;
  peppers: Peppers;
  /** How long a caller is remembered: a key revoked meanwhile is accepted for at most this long. 0 remembers nothing. */
  cacheSeconds: number;
  /** Milliseconds since the epoch. */
  now: () => number;
};

const MAX_REMEMBERED = 1_000;
/** Short, so that a key made right after a failed call works soon. */
const REFUSAL_SECONDS = 5;

/** Unknown, wrong and revoked read the same, so that an answer tells nothing about which keys exist. */
const REFUSED = 'This API key is not valid. Check that it is whole, was not revoked, and belongs to this gateway.';

/** Compared with when there is no stored hash, so that an unknown key costs the same work as a wrong one. */
const NO_HASH = hashSecret('', 'no key has this hash');

export const createAuthenticate = ({ keys, peppers, cacheSeconds, now }: AuthenticateDeps): Authenticate => {
  const callers = createRecent<Caller>({ maxEntries: MAX_REMEMBERED, keepMs: cacheSeconds * 1_000, now });
  // Apart from the callers, so that a flood of junk keys cannot push them out.
  const refused = createRecent<true>({
    maxEntries: MAX_REMEMBERED,
    keepMs: Math.min(cacheSeconds, REFUSAL_SECONDS) * 1_000,
    now,
  });

  const lookUp = async ({ keyId, secret }: PresentedKey, span?: Span): Promise<Caller | undefined> => {
    const [key, known] = await Promise.all([keys.findKey(keyId, span), peppers.read(span)]);
    const pepper = await pepperOf(key, known, () => peppers.reread(span));
    const proven = isSameHash(
      hashSecret(secret, pepper ?? ''),
      pepper === undefined ? NO_HASH : (key?.hash ?? NO_HASH),
    );
    if (!key || !proven || key.revokedAt !== undefined) return undefined;
    const account = await keys.findAccount(key.accountId, span);
    return account && { key, account };
  };

  return async (authorization, span) => {
    const presented = readBearer(authorization);
    // Even in memory the key itself is not kept.
    const fingerprint = createHash('sha256').update(`${presented.keyId}_${presented.secret}`).digest('base64');
    const remembered = callers.get(fingerprint);
    if (remembered) return remembered;
    if (refused.get(fingerprint)) throw new GatewayError('invalid_key', REFUSED);

    const caller = await lookUp(presented, span).catch((cause: unknown) => {
      throw new GatewayError(
        'store_unavailable',
        'The key could not be checked just now. Try again in a few seconds.',
        {
          retryAfterSeconds: 2,
          cause,
        },
      );
    });
    if (!caller) {
      refused.set(fingerprint, true);
      throw new GatewayError('invalid_key', REFUSED);
    }
    callers.set(fingerprint, caller);
    return caller;
  };
};

const pepperOf = async (
  key: ApiKey | undefined,
  known: PepperSet,
  reread: () => Promise<PepperSet>,
): Promise<string | undefined> => {
  const version = key?.pepperVersion ?? known.current;
  const pepper = known.byVersion.get(version);
  if (pepper !== undefined) return pepper;
  // The key may have been made under a pepper that is younger than our copy.
  return (await reread()).byVersion.get(version);
};

const readBearer = (authorization: string | undefined): PresentedKey => {
  if (authorization === undefined || authorization.trim() === '') {
    throw new GatewayError('invalid_key', 'No API key was sent. Send it as "Authorization: Bearer fg_...".');
  }
  const [scheme = '', token, ...rest] = authorization.trim().split(' ');
  if (scheme.toLowerCase() !== 'bearer' || token === undefined || rest.length > 0) {
    throw new GatewayError('invalid_key', 'The Authorization header must read "Bearer fg_...".');
  }
  const key = parseKey(token);
  if (!key) throw new GatewayError('invalid_key', `The API key is malformed. A key reads ${KEY_SHAPE}.`);
  return key;
};
