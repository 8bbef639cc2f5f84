import type { ClientResponse } from '../../../../lambdas/gateway/client-response';

/** A response that keeps what it was given, in order. */
export const createRecordedResponse = () => {
  const chunks: string[] = [];
  let head: { status: number; headers: Readonly<Record<string, string>> } | undefined;
  let ended = false;
  const response: ClientResponse = {
    get committed() {
      return head !== undefined;
    },
    get bytes() {
      return Buffer.byteLength(chunks.join(''));
    },
    gone: false,
    commit: (status, headers) => {
      if (head) throw new Error('Committed twice.');
      head = { status, headers };
    },
    write: (chunk) => {
      if (!head || ended) throw new Error('Written out of order.');
      chunks.push(chunk);
    },
    end: () => {
      if (!head || ended) throw new Error('Ended out of order.');
      ended = true;
    },
    done: async () => {},
  };
  return {
    response,
    chunks,
    get status() {
      return head?.status;
    },
    get headers() {
      return head?.headers ?? {};
    },
    get ended() {
      return ended;
    },
    get body() {
      return chunks.join('');
    },
  };
};
