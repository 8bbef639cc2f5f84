import { ALPHANUMERIC, is } from './character-classes';
import { findAssignment } from './find/assignment';
import { findEmail } from './find/email';
import { findIpV6 } from './find/ip-v6';
import { findJsonWebToken } from './find/json-web-token';
import { findAreaPhone, findInternationalPhone, findNumber } from './find/number';
import { findPrefixedKey, KEY_ANCHORS } from './find/prefixed-key';
import { findPrivateKey } from './find/private-key';
import { findSchemeToken } from './find/scheme-token';
import { findUrlUser } from './find/url-user';
import type { Matcher } from './scan';

/** Characters that lead to something, after which characters they do, and who judges. */
type Anchor = { characters: string; after: (code: number) => boolean; find: Matcher };

const anything = (): boolean => true;
const outsideWords = (code: number): boolean => !is(code, ALPHANUMERIC);
const afterAny = (characters: string) => (code: number) => characters.includes(String.fromCharCode(code));

/** Where two share a character, the first that finds something has it. */
const ANCHORS: readonly Anchor[] = [
  { characters: '@%', after: anything, find: findEmail },
  { characters: '-', after: afterAny('-'), find: findPrivateKey },
  { characters: 'J', after: afterAny('y'), find: findJsonWebToken },
  { characters: 'Bb', after: outsideWords, find: findSchemeToken },
  ...KEY_ANCHORS.map(({ anchor, before }) => ({ characters: anchor, after: afterAny(before), find: findPrefixedKey })),
  { characters: '0123456789', after: outsideWords, find: findNumber },
  { characters: '+', after: outsideWords, find: findInternationalPhone },
  { characters: '(', after: anything, find: findAreaPhone },
  { characters: ':', after: anything, find: findUrlUser },
  { characters: ':', after: anything, find: findIpV6 },
  { characters: ':=', after: anything, find: findAssignment },
];

const ASCII = 128;

const anchorsAt = (code: number): readonly Anchor[] =>
  ANCHORS.filter(({ characters }) => characters.includes(String.fromCharCode(code)));

/** Who is asked at a character, by its code. */
export const MATCHERS: readonly (readonly Matcher[])[] = Array.from({ length: ASCII }, (_, code) =>
  anchorsAt(code).map(({ find }) => find),
);

/** Not 0 for the low bytes of codes that may be an anchor's: most characters are passed over by this alone. */
const LOW_BYTES = Uint8Array.from({ length: 256 }, (_, code) => (anchorsAt(code).length > 0 ? 1 : 0));

/** Not 0 for a character before and an anchor that go together; 0 stands for the beginning and all beyond ASCII. */
const PAIRS = new Uint8Array(ASCII * ASCII);
for (const { characters, after } of ANCHORS) {
  for (let before = 0; before < ASCII; before += 1) {
    if (after(before)) for (const anchor of characters) PAIRS[before * ASCII + anchor.charCodeAt(0)] = 1;
  }
}

/**
 * The place of the next anchor from `start` on; the length of the text when there is none. What stands before `from`
 * has been found, and counts as another word.
 */
export const nextAnchor = (text: string, start: number, from: number): number => {
  const { length } = text;
  for (let at = start; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (LOW_BYTES[code & 255] === 0 || code >= ASCII) continue;
    const before = at === from ? 0 : text.charCodeAt(at - 1);
    if (PAIRS[(before < ASCII ? before : 0) * ASCII + code] === 1) return at;
  }
  return length;
};
