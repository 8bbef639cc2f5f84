import { createHmac, randomBytes } from 'node:crypto';
import { ALIASES, MODELS } from '../core/models/catalogue';
import type { FieldsOf } from '../core/telemetry/log-events';
import type { ParsedChat } from './answer-writer';
import type { Receipt } from './receipt';

const KNOWN = new Set<string>([...MODELS.map(({ id }) => id), ...Object.keys(ALIASES)]);

/** Made anew by each environment, so that nobody can go from a hash back to an address. */
const ADDRESS_KEY = randomBytes(32);

const hashAddress = (address: string): string =>
  createHmac('sha256', ADDRESS_KEY).update(address).digest('hex').slice(0, 16);

/** What is logged of a request that has been read. A model's name that is none may be any text, so it is left out. */
export const toReceivedFields = (
  { request, endpoint }: Receipt,
  { call, stream }: ParsedChat,
): FieldsOf<'request_received'> => ({
  method: request.method,
  endpoint,
  requested_model: KNOWN.has(call.model) ? call.model : 'unknown',
  max_tokens: call.maxOutputTokens,
  streamed: stream,
  request_bytes: request.body.length,
  // Worked out by whoever reads it, which is nobody as long as the line is not wanted.
  get client_ip_hash() {
    return request.clientAddress === undefined ? undefined : hashAddress(request.clientAddress);
  },
});
