import { createHash } from 'node:crypto';

const CHARACTERS = 22;

/**
 * The id of a report's record. A key that a service gives names the same report within its account, and nobody else's;
 * the prefix keeps it apart from the ids of requests.
 */
export const toReportId = (accountId: string, idempotencyKey: string): string =>
  `report-${digestOf(`${accountId}\n${idempotencyKey}`)}`;

/** A digest that stands in for a text: a report, so that a repeat is told from another one, or a session. */
export const digestOf = (text: string | Buffer): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, CHARACTERS);
