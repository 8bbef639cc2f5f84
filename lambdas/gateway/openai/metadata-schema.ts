import * as v from 'valibot';
import { REQUEST_LIMITS } from './limits';
import { jsonObject } from './schema-parts';

const { metadataEntries, metadataKeyCharacters, metadataValueCharacters } = REQUEST_LIMITS;

const faultOf = (key: string, value: unknown): string | undefined => {
  if (key.length > metadataKeyCharacters) return `must have a name of at most ${metadataKeyCharacters} characters`;
  if (typeof value !== 'string') return 'must be a string';
  return value.length > metadataValueCharacters ? `must have at most ${metadataValueCharacters} characters` : undefined;
};

// Not `v.record`: it leaves out entries whose names are those of object members, such as `constructor`.
/** `metadata`: a bounded map of strings. */
export const metadata = v.pipe(
  jsonObject,
  v.check((map) => Object.keys(map).length <= metadataEntries, `must have at most ${metadataEntries} entries`),
  v.rawTransform(({ dataset, addIssue, NEVER }): Record<string, string> => {
    const read: [string, string][] = [];
    for (const [key, value] of Object.entries(dataset.value)) {
      const message = faultOf(key, value);
      if (message !== undefined) {
        addIssue({ message, path: [{ type: 'object', origin: 'value', input: dataset.value, key, value }] });
        return NEVER;
      }
      read.push([key, String(value)]);
    }
    return Object.fromEntries(read);
  }),
);
