import { GatewayError } from '../core/errors';

/** A failure that is not ours by design is a bug: the caller learns that much, the log learns the rest. */
export const toGatewayError = (error: unknown): GatewayError =>
  error instanceof GatewayError
    ? error
    : new GatewayError('internal_error', 'The gateway failed. Quote the request id when you report it.', {
        cause: error,
      });
