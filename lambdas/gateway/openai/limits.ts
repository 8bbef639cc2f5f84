/** The sizes up to which a request is read; beyond them it is refused by the name of the field. */
export const REQUEST_LIMITS = {
  messages: 2_048,
  partsPerMessage: 256,
  toolCallsPerMessage: 128,
  tools: 128,
  stopSequences: 4,
  metadataEntries: 16,
  metadataKeyCharacters: 64,
  metadataValueCharacters: 512,
  modelCharacters: 256,
  userCharacters: 512,
  toolCallIdCharacters: 256,
  /** Nested objects and arrays, counted from the body, and again within a tool call's arguments. */
  jsonDepth: 128,
} as const;
