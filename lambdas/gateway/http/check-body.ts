import { GatewayError } from '../../core/errors';
import { checkMediaType } from '../../core/http/check-media-type';
import type { GatewayRequest } from '../request';

/** Lambda's event is capped at 6 MB, the body's escaping included; this leaves it some room. */
export const MAX_BODY_BYTES = 5 * 1024 * 1024;

/** Refuses a body that no dialect can read: 413 when it is too long, 415 when it says that it is not plain JSON. */
export const checkBody = ({ body, headers }: Pick<GatewayRequest, 'body' | 'headers'>): void => {
  if (body.length > MAX_BODY_BYTES) {
    throw new GatewayError(
      'request_too_large',
      `The body has ${body.length} bytes; at most ${MAX_BODY_BYTES} are accepted. Send fewer or smaller images or messages.`,
    );
  }
  checkMediaType(headers);
};
