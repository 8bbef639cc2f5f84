import type { Readable } from 'node:stream';
import * as v from 'valibot';
import type { IntegrationHead } from './headers';

const scalar = v.union([v.string(), v.number(), v.boolean()]);

const head = {
  statusCode: v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(599)),
  headers: v.optional(v.record(v.string(), scalar)),
  multiValueHeaders: v.optional(v.record(v.string(), v.array(scalar))),
};

const bufferedAnswer = v.object({
  ...head,
  body: v.optional(v.nullable(v.string())),
  isBase64Encoded: v.optional(v.boolean(), false),
});

const streamedHead = v.object({ ...head, cookies: v.optional(v.array(v.string())) });

/** The answer of a buffered integration. Throws for what API Gateway calls a malformed proxy response. */
export const readBufferedAnswer = (payload: Buffer): { head: IntegrationHead; body: Buffer } => {
  const answer = v.parse(bufferedAnswer, JSON.parse(payload.toString('utf8')));
  return { head: answer, body: Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8') };
};

const DELIMITER = Buffer.alloc(8);
const HEAD_LIMIT_BYTES = 16 * 1024;

/**
 * Reads the head that a streaming integration sends before its body, and leaves the body in the stream.
 * Rejects when the stream ends or 16 kB pass without a whole head, or when it is not one.
 */
export const readStreamedHead = (body: Readable): Promise<IntegrationHead> =>
  new Promise((resolve, reject) => {
    let collected = Buffer.alloc(0);
    const settle = (settled: () => void) => {
      body.off('data', collect).off('end', failAtEnd).off('error', fail);
      settled();
    };
    const fail = (error: Error) => settle(() => reject(error));
    const failAtEnd = () => fail(new Error('The function ended its answer before the head was complete.'));
    const collect = (chunk: Buffer) => {
      collected = Buffer.concat([collected, chunk]);
      const end = collected.indexOf(DELIMITER);
      if (end > HEAD_LIMIT_BYTES || (end < 0 && collected.length > HEAD_LIMIT_BYTES)) {
        return fail(new Error('The head of a streamed answer must end within its first 16 kB.'));
      }
      if (end < 0) return undefined;
      body.pause();
      const rest = collected.subarray(end + DELIMITER.length);
      if (rest.length > 0) body.unshift(rest);
      const json = collected.subarray(0, end).toString('utf8');
      return settle(() => resolveWith(json, resolve, reject));
    };
    body.on('data', collect).once('end', failAtEnd).once('error', fail);
  });

const resolveWith = (
  json: string,
  resolve: (head: IntegrationHead) => void,
  reject: (error: unknown) => void,
): void => {
  try {
    resolve(v.parse(streamedHead, JSON.parse(json)));
  } catch (error) {
    reject(error);
  }
};
