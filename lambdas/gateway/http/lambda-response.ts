import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientResponse } from '../client-response';

export type ResponseHead = { statusCode: number; headers: Record<string, string> };

/** Opens the body of a response once its head is known; on Lambda `awslambda.HttpResponseStream.from`. */
export type OpenBody = (head: ResponseHead) => Writable;

/**
 * A client's response over a writable stream. Chunks wait in memory without a bound of their own (the model's maximum
 * bounds them) and `pipeline` hands them over at the pace at which the stream drains.
 * Committing twice, and writing or ending before the commit, are bugs of the caller and throw.
 */
export const createLambdaResponse = (openBody: OpenBody): ClientResponse => {
  const queue = new Readable({ read: () => {} });
  let state: 'open' | 'committed' | 'ended' = 'open';
  let bytes = 0;
  let gone = false;
  let settle = (): void => {};
  const done = new Promise<void>((resolve) => {
    settle = resolve;
  });

  const requireCommitted = (act: string): void => {
    if (state !== 'committed') throw new Error(`Cannot ${act} a response that is ${state}.`);
  };
  const drain = async (body: Writable): Promise<void> => {
    try {
      await pipeline(queue, body);
    } catch {
      // A reader who left is an outcome, not a failure: `gone` tells it, and the record keeps it.
      gone = true;
    }
    settle();
  };

  return {
    get committed() {
      return state !== 'open';
    },
    get bytes() {
      return bytes;
    },
    get gone() {
      return gone;
    },
    commit: (statusCode, headers) => {
      if (state !== 'open') throw new Error(`Cannot commit a response that is ${state}.`);
      const body = openBody({ statusCode, headers: { ...headers } });
      state = 'committed';
      void drain(body);
    },
    write: (chunk) => {
      requireCommitted('write to');
      const encoded = Buffer.from(chunk, 'utf8');
      bytes += encoded.length;
      if (!gone) queue.push(encoded);
    },
    end: () => {
      requireCommitted('end');
      state = 'ended';
      queue.push(null);
    },
    done: () => done,
  };
};
