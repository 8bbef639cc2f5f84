import { type GatewayError, REFUSALS } from '../../core/errors';
import type { RequestIds } from '../request';

/** An error in OpenAI's shape, as JSON text: a body of its own, and the data of an in-band error event. */
export const toErrorBody = (error: GatewayError, ids: RequestIds): string =>
  JSON.stringify({
    error: {
      message: error.message,
      type: REFUSALS[error.code].type,
      param: error.param ?? null,
      code: error.code,
      correlation_id: ids.correlationId,
    },
  });
