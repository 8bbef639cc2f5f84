'use strict';

const { describe, openStream } = require('./runtime-client.cjs');

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const HTTP_CONTENT_TYPE = 'application/vnd.awslambda.http-integration-response';
const DELIMITER = new Uint8Array(8);

/** Puts `awslambda` where Lambda puts it. */
const defineAwslambda = () => {
  globalThis.awslambda = {
    streamifyResponse: (handler) => Object.assign(handler, { [STREAMING]: true }),
    HttpResponseStream: {
      from: (stream, metadata) => {
        stream.setContentType(HTTP_CONTENT_TYPE);
        stream._onBeforeFirstWrite = (write) => {
          write(JSON.stringify(metadata));
          write(DELIMITER);
        };
        return stream;
      },
    },
  };
};

const isStreaming = (handler) => handler[STREAMING] === true;

/** A writable towards the Runtime API, and a promise of its having been taken over. */
const createResponseStream = (id) => {
  const request = openStream(id);
  const accepted = new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => response.on('end', resolve).resume());
  });
  let written = false;
  const write = request.write.bind(request);
  request.setContentType = (contentType) => {
    if (written) throw new Error('Cannot set content-type, too late.');
    request.setHeader('Content-Type', contentType);
  };
  // Only `write` sends the prelude, as on Lambda: a handler that calls nothing but `end` answers without a head.
  request.write = (chunk, ...rest) => {
    if (!written) request._onBeforeFirstWrite?.(write);
    written = true;
    return write(toBytes(chunk), ...rest);
  };
  return { stream: request, accepted };
};

const toBytes = (chunk) => (typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk));

/** Ends the stream and tells of the failure in its trailers: the head may be long gone. */
const failStream = async ({ stream, accepted }, error) => {
  const described = describe(error);
  stream.addTrailers({
    'Lambda-Runtime-Function-Error-Type': described.errorType,
    'Lambda-Runtime-Function-Error-Body': Buffer.from(JSON.stringify(described)).toString('base64'),
  });
  stream.end();
  await accepted;
};

module.exports = { createResponseStream, defineAwslambda, failStream, isStreaming };
