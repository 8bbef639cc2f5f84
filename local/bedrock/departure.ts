import type { ServerResponse } from 'node:http';

/** Aborts when the caller's connection closes, whoever closes it. */
export const departureOf = (response: ServerResponse): AbortSignal => {
  const departure = new AbortController();
  response.once('close', () => departure.abort());
  return departure.signal;
};

/** Resolves when the caller is gone. */
export const untilGone = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Closes the connection once what was written is on its way: an answer that breaks off. */
export const breakOff = (response: ServerResponse): void => {
  response.socket?.destroySoon();
};
