import type { ToolInputSchema } from './wire';

type Document = ToolInputSchema.JsonMember['json'];

const isScalar = (value: unknown): value is string | number | boolean | null =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

/** A JSON value as the SDK types it; what JSON cannot say is left out of objects and becomes null elsewhere. */
export const toDocument = (value: unknown): Document => {
  if (isScalar(value)) return value;
  if (Array.isArray(value)) return value.map(toDocument);
  if (typeof value !== 'object' || value === null) return null;
  const known = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(known.map(([key, member]) => [key, toDocument(member)]));
};
