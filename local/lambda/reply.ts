import type { IncomingMessage } from 'node:http';
import { pipeline, Readable, Transform } from 'node:stream';
import type { Failure, Reply } from './invocation';

/** The reply of a function that failed; `json` is the error as its invoker sees it. */
export const failedReply = (json: Buffer): Reply => ({
  contentType: 'application/json',
  streamed: false,
  functionError: 'Unhandled',
  body: Readable.from([json]),
});

export const platformFailure = (failure: Failure): Reply => failedReply(Buffer.from(JSON.stringify(failure)));

/** The reply whose bytes the runtime is just posting. An error that it tells in the trailers fails the body. */
export const postedReply = (post: IncomingMessage): Reply => {
  const body = new Transform({
    transform: (chunk, _encoding, done) => done(null, chunk),
    flush: (done) => done(errorInTrailers(post)),
  });
  // A reader that has left must not turn the function's death into ours; one that reads sees it in its own pipeline.
  body.on('error', () => undefined);
  pipeline(post, body, () => undefined);
  return {
    contentType: post.headers['content-type'] ?? 'application/octet-stream',
    streamed: post.headers['lambda-runtime-function-response-mode'] === 'streaming',
    functionError: undefined,
    body,
  };
};

const errorInTrailers = (post: IncomingMessage): Error | null => {
  const type = post.trailers['lambda-runtime-function-error-type'];
  return type === undefined ? null : new Error(`The function failed after it had begun to answer: ${type}`);
};
