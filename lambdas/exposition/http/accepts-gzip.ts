import { readPreferences } from './read-preferences';

/** Whether an Accept-Encoding header takes gzip; silence does not. */
export const acceptsGzip = (acceptEncoding: string | undefined): boolean => {
  const preferences = readPreferences(acceptEncoding);
  const named = preferences.find(({ name }) => name === 'gzip' || name === 'x-gzip');
  const found = named ?? preferences.find(({ name }) => name === '*');
  return found !== undefined && found.quality > 0;
};
