import { type Preference, readPreferences } from '../http/read-preferences';
import { OPENMETRICS, PROMETHEUS_TEXT, type TextFormat } from './text-format';

type Offer = { format: TextFormat; types: readonly string[]; versions: readonly string[] };

/** What wildcards get stands first. */
const OFFERS: readonly Offer[] = [
  { format: PROMETHEUS_TEXT, types: ['text/plain', 'text/*', '*/*'], versions: ['', '0.0.4'] },
  { format: OPENMETRICS, types: ['application/openmetrics-text', 'application/*'], versions: ['', '1.0.0'] },
];

/**
 * The format that an Accept header asks for first. Whoever asks for nothing that there is gets the text format of
 * Prometheus: a person with a browser rather than a scraper.
 */
export const chooseFormat = (accept: string | undefined): TextFormat => {
  const preferences = readPreferences(accept).filter(({ quality }) => quality > 0);
  for (const preference of preferences) {
    const offer = OFFERS.find(({ types, versions }) => matches(preference, types, versions));
    if (offer !== undefined) return offer.format;
  }
  return PROMETHEUS_TEXT;
};

const matches = ({ name, parameters }: Preference, types: readonly string[], versions: readonly string[]): boolean =>
  types.includes(name) && versions.includes(parameters.get('version') ?? '');
