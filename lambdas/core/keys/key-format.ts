import { randomInt } from 'node:crypto';

/** A key taken apart: `fg_<keyId>_<secret>`. The id is public, the secret is shown once and never stored. */
export type PresentedKey = { keyId: string; secret: string };

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 16;
/** 40 base62 characters hold 238 bits. */
const SECRET_LENGTH = 40;

/** Made keys are longer; the lower bounds are for a key that someone chose for their own machine. */
const ID_BOUNDS = { least: 1, most: 32 };
const SECRET_BOUNDS = { least: 8, most: 128 };
const MAX_LENGTH = 'fg_'.length + ID_BOUNDS.most + '_'.length + SECRET_BOUNDS.most;

/** What a key looks like, for messages. */
export const KEY_SHAPE = `fg_<id>_<secret>, with an id of ${ID_BOUNDS.least} to ${ID_BOUNDS.most} and a secret of ${SECRET_BOUNDS.least} to ${SECRET_BOUNDS.most} letters and digits`;

/** A new random key. */
export const generateKey = (): PresentedKey => ({ keyId: randomText(ID_LENGTH), secret: randomText(SECRET_LENGTH) });

/** The key as its holder sends it. */
export const formatKey = ({ keyId, secret }: PresentedKey): string => `fg_${keyId}_${secret}`;

/** Takes a key apart; undefined for anything that is not one. The length is checked first, so junk costs nothing. */
export const parseKey = (text: string): PresentedKey | undefined => {
  if (text.length > MAX_LENGTH) return undefined;
  const [prefix, keyId, secret, ...rest] = text.split('_');
  if (prefix !== 'fg' || keyId === undefined || secret === undefined || rest.length > 0) return undefined;
  return isWord(keyId, ID_BOUNDS) && isWord(secret, SECRET_BOUNDS) ? { keyId, secret } : undefined;
};

const isWord = (text: string, { least, most }: { least: number; most: number }): boolean =>
  text.length >= least && text.length <= most && /^[0-9A-Za-z]+$/.test(text);

const randomText = (length: number): string =>
  Array.from({ length }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
