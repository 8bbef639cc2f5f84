const REFUSED = /[^a-zA-Z0-9\s:_@$#=/+,.-]/g;
const MAX_CHARACTERS = 256;
const MAX_ENTRIES = 16;

const toAccepted = (text: string): string => text.replace(REFUSED, '_').slice(0, MAX_CHARACTERS);

/** Metadata for Bedrock's own invocation log, in the characters and lengths that it accepts. */
export const toRequestMetadata = (metadata: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(metadata)
      .filter(([key]) => key !== '')
      .slice(0, MAX_ENTRIES)
      .map(([key, value]) => [toAccepted(key), toAccepted(value)]),
  );
