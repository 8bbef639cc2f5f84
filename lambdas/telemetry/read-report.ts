import { isUtf8 } from 'node:buffer';
import { GatewayError } from '../core/errors';
import { checkMediaType } from '../core/http/check-media-type';
import { type GivenBatch, readBatch } from '../core/platform/read-batch';

/** Far below what an item of the ledger may hold, so that a report fits one. */
const MAX_BYTES = 200 * 1024;

const VALID_KEY = /^[A-Za-z0-9._:-]{1,128}$/;

/** A report, and the key that names it, when it came with one. */
export type Report = GivenBatch & { idempotencyKey: string | undefined };

type Sent = { headers: Readonly<Record<string, string>>; body: Buffer };

/** Reads the body of POST /v1/telemetry. Throws `GatewayError` (400, 413, 415) that names the first thing at fault. */
export const readReport = ({ headers, body }: Sent): Report => {
  if (body.length > MAX_BYTES) {
    throw new GatewayError(
      'request_too_large',
      `The body has ${body.length} bytes; at most ${MAX_BYTES} are accepted. Send the events in several reports.`,
    );
  }
  checkMediaType(headers);
  const key = readKey(headers);
  const batch = readBatch(readJson(body));
  if (key !== undefined && batch.id !== undefined && batch.id !== key) {
    throw new GatewayError('invalid_request', '`id` and the header Idempotency-Key differ: send one of them.', {
      param: 'id',
    });
  }
  return { ...batch, idempotencyKey: key ?? batch.id };
};

const readKey = (headers: Readonly<Record<string, string>>): string | undefined => {
  const key = headers['idempotency-key'];
  if (key === undefined || VALID_KEY.test(key)) return key;
  throw new GatewayError(
    'invalid_request',
    'The header Idempotency-Key must be 1 to 128 letters, digits, dots, underscores, colons and dashes.',
    { param: 'idempotency-key' },
  );
};

const readJson = (body: Buffer): unknown => {
  if (body.length === 0) throw new GatewayError('invalid_request', 'The body is empty: send a JSON object.');
  if (!isUtf8(body)) throw new GatewayError('invalid_request', 'The body is not valid UTF-8.');
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    // The parser's own message quotes the text.
    throw new GatewayError('invalid_request', 'The body is not valid JSON.');
  }
};
