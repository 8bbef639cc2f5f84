import * as v from 'valibot';
import { GatewayError } from '../../core/errors';
import type { ParsedChat } from '../answer-writer';
import { checkConversation } from './check-conversation';
import { checkOptions } from './check-options';
import { refuseIssue } from './faults';
import { selectFields } from './fields';
import { readJsonBody } from './read-json';
import { chatRequest, type WireRequest } from './request-schema';
import { toCall } from './to-call';

const readRequest = (body: Buffer): WireRequest => {
  const json = readJsonBody(body);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new GatewayError('invalid_request', 'The body must be a JSON object.');
  }
  const read = v.safeParse(chatRequest, selectFields(json), { abortEarly: true });
  if (!read.success) throw refuseIssue(read.issues[0]);
  return read.output;
};

/**
 * Reads a body of `POST /v1/chat/completions`. Every field is honoured, stands in `IGNORED_FIELDS`, or is refused.
 * Throws `GatewayError` (400) whose `param` is the path of the first field at fault; nothing else.
 */
export const parseChat = (body: Buffer): ParsedChat => {
  const request = readRequest(body);
  checkConversation(request.messages);
  checkOptions(request);
  return {
    call: toCall(request),
    stream: request.stream ?? false,
    includeUsage: request.stream_options?.include_usage ?? false,
    user: request.user,
    metadata: request.metadata ?? {},
  };
};
