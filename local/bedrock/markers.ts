/** What a request can ask of the simulator by markers in its last user message, beside faults. The README is checked against it. */
export const MARKERS = {
  say: { argument: 'text', meaning: 'answers with this text, after the words that say that it is simulated' },
  exactly: { argument: 'text', meaning: 'answers with this text and nothing else' },
  tokens: { argument: 'count', meaning: 'makes the answer exactly so many tokens long' },
  reasoning: { argument: 'text', meaning: 'thinks this aloud before the answer, as a reasoning block' },
  tools: { argument: 'name,name', meaning: 'calls these tools in this order, in parallel' },
  stop: { argument: 'reason', meaning: 'reports this stop reason' },
  cache: { argument: 'read=n,write5m=n,write1h=n', meaning: 'reports these prompt-cache tokens beside the input' },
  think: { argument: 'milliseconds', meaning: 'waits so long before the first event' },
  delay: { argument: 'milliseconds', meaning: 'waits so long before every later event' },
  rate: { argument: 'tokens', meaning: 'streams so many tokens a second' },
  fault: { argument: 'fault', meaning: 'goes wrong as the table of faults says; may be repeated' },
} as const satisfies Record<string, { argument: string; meaning: string }>;

export type MarkerName = keyof typeof MARKERS;

export type Marker = { name: MarkerName; argument: string };

const MARKER = /\[\[([a-z]+):([\s\S]*?)\]\]/g;

const isMarkerName = (name: string): name is MarkerName => Object.hasOwn(MARKERS, name);

/** The markers of a text in their order; anything else in double brackets is ordinary text. */
export const readMarkers = (text: string): Marker[] =>
  [...text.matchAll(MARKER)].flatMap(([, name = '', argument = '']) =>
    isMarkerName(name) ? [{ name, argument }] : [],
  );

/** The text as a person would have written it. */
export const withoutMarkers = (text: string): string =>
  text.replace(MARKER, (whole, name: string) => (isMarkerName(name) ? '' : whole)).trim();
