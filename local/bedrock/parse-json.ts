import { BedrockError } from './bedrock-error';

/** A body as JSON; an empty one is an empty object. Throws ValidationException. */
export const parseJson = (body: Buffer): unknown => {
  try {
    return body.length > 0 ? JSON.parse(body.toString()) : {};
  } catch (cause) {
    throw new BedrockError('ValidationException', 'The request body is not JSON.', { cause });
  }
};
