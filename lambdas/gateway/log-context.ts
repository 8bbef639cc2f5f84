import type { LogContext } from '../core/telemetry/ports';
import { toUserId } from './build-record';
import type { Receipt } from './receipt';

/** The ids of a request under way, and whether its key may have all of its lines written and asks for it. */
export const toLogContext = ({ request, caller, chat, traceId, spanId }: Receipt): LogContext => ({
  requestId: request.ids.requestId,
  correlationId: request.ids.correlationId,
  sessionId: request.ids.sessionId,
  traceId,
  spanId,
  accountId: caller?.account.accountId,
  keyId: caller?.key.keyId,
  userId: toUserId(chat?.user),
  debug: request.headers['x-debug'] === 'true' && caller?.key.scopes.includes('debug'),
});
