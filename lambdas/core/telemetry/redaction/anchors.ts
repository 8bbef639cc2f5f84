import { ALPHANUMERIC, is } from './character-classes';
import { findAssignment } from './find/assignment';
import { findEmail } from './find/email';
import { findIpV6 } from './find/ip-v6';
import { findJsonWebToken } from './find/json-web-token';
import { findAreaPhone, findInternationalPhone, findNumber } from './find/number';
import { KEY_ANCHORS } from './find/prefixed-key';
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
  ...KEY_ANCHORS.map(({ anchor, before, find }) => ({ characters: anchor, after: afterAny(before), find })),
  { characters: '0123456789', after: outsideWords, find: findNumber },
  { characters: '+', after: outsideWords, find: findInternationalPhone },
  { characters: '(', after: anything, find: findAreaPhone },
  { characters: ':', after: anything, find: findUrlUser },
  { characters: ':', after: anything, find: findIpV6 },
  { characters: ':=', after: anything, find: findAssignment },
];

const ASCII = 128;

/** The number of a character and the one before it; 0 stands for the beginning and all beyond ASCII. */
const pairOf = (before: number, code: number): number =>
  (before < ASCII ? before : 0) * ASCII + (code < ASCII ? code : 0);

/** Those who are asked together; the first group is nobody, for all characters that lead to nothing. */
const GROUPS: (readonly Matcher[])[] = [[]];

/** The group of each pair: one look-up passes a character over, or says who judges it. */
const GROUP_OF = new Uint8Array(ASCII * ASCII);

for (const { characters, after, find } of ANCHORS) {
  const extended = new Map<number, number>();
  for (let before = 0; before < ASCII; before += 1) {
    if (!after(before)) continue;
    for (const character of characters) {
      const pair = pairOf(before, character.charCodeAt(0));
      const group = GROUP_OF[pair] ?? 0;
      const joined = extended.get(group) ?? GROUPS.push([...(GROUPS[group] ?? []), find]) - 1;
      extended.set(group, joined);
      GROUP_OF[pair] = joined;
    }
  }
}

/**
 * The place of the next anchor from `start` on; the length of the text when there is none. What stands before `from`
 * has been found, and counts as another word.
 */
export const nextAnchor = (text: string, start: number, from: number): number => {
  const { length } = text;
  let before = start > from ? text.charCodeAt(start - 1) : 0;
  for (let at = start; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (GROUP_OF[pairOf(before, code)] !== 0) return at;
    before = code;
  }
  return length;
};

/** Who is asked at the anchor at a place, in order. */
export const matchersAt = (text: string, at: number, from: number): readonly Matcher[] => {
  const before = at > from ? text.charCodeAt(at - 1) : 0;
  return GROUPS[GROUP_OF[pairOf(before, text.charCodeAt(at))] ?? 0] ?? [];
};
