import * as v from 'valibot';

const fields = v.looseObject({
  timestamp: v.string(),
  level: v.optional(v.string(), ''),
  event: v.optional(v.string()),
  message: v.optional(v.string(), ''),
  logger: v.optional(v.string(), ''),
  request_id: v.optional(v.string()),
});

/** One line that a function logged: its text, and its fields. */
export type Line = { text: string; fields: v.InferOutput<typeof fields> };

/** Reads a line that the logger wrote; undefined for one that the platform or a crash did. */
export const readLine = (text: string): Line | undefined => {
  const value = readJson(text);
  return v.is(fields, value) ? { text, fields: v.parse(fields, value) } : undefined;
};

const readJson = (text: string): unknown => {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
