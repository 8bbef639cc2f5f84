import type { LogContext } from './ports';

/** The ids of an invocation that serves no request of its own: its id, as Lambda names it. */
export const toInvocationContext = ({ awsRequestId }: { awsRequestId: string }): LogContext => ({
  requestId: awsRequestId,
  correlationId: awsRequestId,
  sessionId: undefined,
  traceId: undefined,
});

/** The ids of a failure that belongs to no request. */
export const NO_REQUEST: LogContext = toInvocationContext({ awsRequestId: 'none' });
