import { GatewayError } from '../../core/errors';
import type { GatewayRequest } from '../request';

/** Lambda's event is capped at 6 MB, the body's escaping included; this leaves it some room. */
export const MAX_BODY_BYTES = 5 * 1024 * 1024;

const isJson = (contentType: string): boolean => {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  return type.trim() === 'application/json' && (charset === undefined || /^charset="?utf-?8"?$/.test(charset));
};

/** Refuses a body that no dialect can read: 413 when it is too long, 415 when it says that it is not plain JSON. */
export const checkBody = ({ body, headers }: Pick<GatewayRequest, 'body' | 'headers'>): void => {
  if (body.length > MAX_BODY_BYTES) {
    throw new GatewayError(
      'request_too_large',
      `The body has ${body.length} bytes; at most ${MAX_BODY_BYTES} are accepted. Send fewer or smaller images or messages.`,
    );
  }
  const contentType = headers['content-type'];
  if (contentType !== undefined && !isJson(contentType)) {
    throw new GatewayError('unsupported_media_type', 'Send the body as `Content-Type: application/json` in UTF-8.', {
      param: 'content-type',
    });
  }
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.trim().toLowerCase() !== 'identity') {
    throw new GatewayError('unsupported_media_type', 'Send the body uncompressed, without `Content-Encoding`.', {
      param: 'content-encoding',
    });
  }
};
