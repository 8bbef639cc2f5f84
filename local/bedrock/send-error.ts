import type { ServerResponse } from 'node:http';
import type { BedrockError } from './bedrock-error';

/** An error as Bedrock Runtime words it: the exception in a header, the message in the body. */
export const sendError = (response: ServerResponse, { exception, message, status }: BedrockError): void => {
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-amzn-errortype': `${exception}:http://internal.amazon.com/coral/com.amazon.bedrock/`,
  });
  response.end(JSON.stringify({ message }));
};
