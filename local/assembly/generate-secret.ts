import { randomInt } from 'node:crypto';
import type { SecretDefinition } from './read-secrets';

const KINDS = {
  ExcludeLowercase: 'abcdefghijklmnopqrstuvwxyz',
  ExcludeUppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  ExcludeNumbers: '0123456789',
  ExcludePunctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
} as const;

/** The value of a secret as Secrets Manager would make it: random unless the template fixes it. */
export const generateSecret = ({ content }: SecretDefinition): string => {
  if (typeof content === 'string') return content;
  const random = generate(content);
  if (content.SecretStringTemplate === undefined || content.GenerateStringKey === undefined) return random;
  return JSON.stringify({ ...content.SecretStringTemplate, [content.GenerateStringKey]: random });
};

type Rules = Exclude<SecretDefinition['content'], string>;

const generate = (rules: Rules): string => {
  const kinds = [
    ...Object.entries(KINDS)
      .filter(([rule]) => !isExcluded(rules, rule))
      .map(([, characters]) => characters),
    ...(rules.IncludeSpace ? [' '] : []),
  ].map((characters) => [...characters].filter((character) => !rules.ExcludeCharacters.includes(character)));
  const all = kinds.flat();
  const required = rules.RequireEachIncludedType ? kinds.filter(({ length }) => length > 0) : [];
  const characters = Array.from({ length: rules.PasswordLength }, (_, position) => pick(required[position] ?? all));
  return shuffle(characters).join('');
};

const isExcluded = (rules: Rules, rule: string): boolean =>
  Object.entries(rules).some(([name, value]) => name === rule && value === true);

const pick = (characters: readonly string[]): string => {
  const picked = characters[randomInt(characters.length)];
  if (picked === undefined) throw new Error('A secret excludes every character.');
  return picked;
};

const shuffle = (characters: readonly string[]): readonly string[] =>
  characters
    .map((character) => ({ character, order: randomInt(2 ** 32) }))
    .sort((left, right) => left.order - right.order)
    .map(({ character }) => character);
