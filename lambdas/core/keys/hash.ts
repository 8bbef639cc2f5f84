import { createHmac, timingSafeEqual } from 'node:crypto';

/** HMAC-SHA-256 of a key's secret under a pepper, base64: all that is stored of it. */
export const hashSecret = (secret: string, pepper: string): string =>
  createHmac('sha256', pepper).update(secret).digest('base64');

/** Compares two hashes in a time that does not tell where they differ. */
export const isSameHash = (left: string, right: string): boolean => {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
};
