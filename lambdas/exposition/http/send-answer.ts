import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Answer } from './answer-page';

/** Opens the body of a response once its head is known; on Lambda `awslambda.HttpResponseStream.from`. */
export type OpenBody = (head: Omit<Answer, 'body'>) => Writable;

const PIECE_BYTES = 1 << 20;

/** Sends an answer. A streamed one may be larger than 6 MB, and its bytes need no base64. Rejects when the reader leaves. */
export const sendAnswer = ({ body, ...head }: Answer, openBody: OpenBody): Promise<void> => {
  const stream = openBody(head);
  // Only a write sends the head, so an answer without a body writes nothing once.
  stream.write('');
  return pipeline(Readable.from(piecesOf(body)), stream);
};

function* piecesOf(body: Buffer): Generator<Buffer> {
  for (let start = 0; start < body.length; start += PIECE_BYTES) yield body.subarray(start, start + PIECE_BYTES);
}
