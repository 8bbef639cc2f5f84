import { GatewayError } from '../errors';

const isJson = (contentType: string): boolean => {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  return type.trim() === 'application/json' && (charset === undefined || /^charset="?utf-?8"?$/.test(charset));
};

/** Refuses, with 415, a body whose headers (lower-case names) say that it is not plain JSON. Silence means that it is. */
export const checkMediaType = (headers: Readonly<Record<string, string>>): void => {
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
