import type { Kind } from './kinds';

/** Words that make what a name names a secret. */
const SECRET_WORDS = new Set(
  `secret secrets password passwords passwd passphrase passcode pwd token credential credentials authorization auth
   cookie cookies pepper peppers apikey apikeys accesskey secretkey privatekey authtoken accesstoken refreshtoken
   clientsecret jwt signature sig bearer`.split(/\s+/),
);

/** Words that make a secret of the `key` or the `tokens` after them. */
const KEY_OWNERS = new Set(
  `api access private secret signing signature encryption master auth account subscription ssh hmac client license
   shared service`.split(/\s+/),
);
const TOKEN_OWNERS = new Set('access auth oauth refresh bearer session api id security csrf xsrf'.split(' '));

/** `token` beside one of these is what models read and write. */
const COUNTED = new Set(
  `input output total max maximum min minimum prompt completion cached cache read write reasoning thinking audio text
   first next last inter per time used usage remaining left limit limits rate budget cost price count counts estimate
   estimated bound unit kind type bucket length level delta each every million`.split(/\s+/),
);

/** A name that ends so tells something of a secret, and not the secret. */
const DESCRIBING = new Set(
  `count counts total ms seconds minutes hours days ttl limit arn type kind policy expiry expires expiration at age length
   size bytes version name names enabled required present missing found valid scheme status provider source rotation
   rotated method mode url uri endpoint header prefix format`.split(/\s+/),
);

/** Names of numbers that belong to a person, by the words that they end with. */
const PERSONAL: readonly (readonly [name: string, kind: Kind])[] = [
  ['ssn', 'ssn'],
  ['social security', 'ssn'],
  ['social security number', 'ssn'],
  ['phone', 'phone'],
  ['phone number', 'phone'],
  ['telephone', 'phone'],
  ['tel', 'phone'],
  ['fax', 'phone'],
  ['mobile', 'phone'],
  ['mobile number', 'phone'],
  ['card number', 'credit_card'],
  ['credit card', 'credit_card'],
  ['cvv', 'credit_card'],
  ['cvc', 'credit_card'],
  ['email', 'email'],
  ['e mail', 'email'],
  ['email address', 'email'],
];

/** Longer names are judged by their end. */
const LONGEST_NAME = 64;
const MOST_REMEMBERED = 2_000;

const remembered = new Map<string, Kind | 'none'>();

/**
 * What a field of this name holds that must not be shown, whatever it looks like: by whole words of the name, written
 * in snake, kebab, camel or any other case. Undefined for every other name, `input_tokens` and `key_id` among them.
 */
export const kindOfName = (name: string): Kind | undefined => {
  const kind = remembered.get(name) ?? judgeAndRemember(name);
  return kind === 'none' ? undefined : kind;
};

const judgeAndRemember = (name: string): Kind | 'none' => {
  const kind = judge(toWords(name.slice(-LONGEST_NAME))) ?? 'none';
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  if (name.length <= LONGEST_NAME) remembered.set(copyOf(name), kind);
  return kind;
};

/** A part of a text keeps the whole of it in memory, and with it all its secrets. */
const copyOf = (name: string): string => Buffer.from(name).toString();

const toWords = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

const judge = (words: readonly string[]): Kind | undefined => {
  if (words.length > 1 && DESCRIBING.has(words.at(-1) ?? '')) return undefined;
  if (words.some((_, place) => isSecret(words, place))) return 'secret';
  const whole = words.join(' ');
  return PERSONAL.find(([name]) => whole === name || whole.endsWith(` ${name}`))?.[1];
};

const isSecret = (words: readonly string[], place: number): boolean => {
  const word = words[place] ?? '';
  const before = words[place - 1] ?? '';
  if (word === 'key' || word === 'keys') return KEY_OWNERS.has(before);
  if (word === 'tokens') return TOKEN_OWNERS.has(before);
  if (word === 'token') return !words.some((other) => COUNTED.has(other));
  if (word === 'auth') return words.length === 1;
  return SECRET_WORDS.has(word);
};
