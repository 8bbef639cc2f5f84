/** One entry of an Accept or Accept-Encoding header, in lower case, its parameters apart. */
export type Preference = { name: string; parameters: ReadonlyMap<string, string>; quality: number };

/** What a client prefers, the dearest first; of equals, what it named first. Entries of quality 0 stay: they say "not this". */
export const readPreferences = (header: string | undefined): Preference[] =>
  (header ?? '')
    .toLowerCase()
    .split(',')
    .map(readPreference)
    .filter(({ name }) => name !== '')
    .sort((one, other) => other.quality - one.quality);

const readPreference = (entry: string): Preference => {
  const [name = '', ...rest] = entry.split(';').map((part) => part.trim());
  const parameters = new Map(
    rest.map((part) => {
      const [parameter = '', value = ''] = part.split('=').map((side) => side.trim());
      return [parameter, value.replace(/^"(.*)"$/, '$1')] as const;
    }),
  );
  return { name, parameters, quality: readQuality(parameters.get('q')) };
};

/** Between 0 and 1; what cannot be read counts as not said. */
const readQuality = (text: string | undefined): number => {
  const quality = text === undefined || text === '' ? 1 : Number(text);
  return quality >= 0 && quality <= 1 ? quality : 1;
};
