import { connect } from 'node:net';

export type Exchange = {
  /** Milliseconds from the first byte out to the last byte in. */
  durationMs: number;
  /** Milliseconds to the first byte of the answer's own text; undefined when it never came. */
  firstTextMs: number | undefined;
  status: number;
  body: string;
};

const HEAD_END = '\r\n\r\n';
const LAST_CHUNK = '0\r\n\r\n';

const isWhole = (received: string): boolean => {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd < 0) return false;
  const length = /content-length: (\d+)/i.exec(received.slice(0, headEnd))?.[1];
  return length === undefined
    ? received.endsWith(LAST_CHUNK)
    : received.length >= headEnd + HEAD_END.length + Number(length);
};

/**
 * A kept HTTP/1.1 connection for one request at a time, much cheaper than Node's own client, so that the load does not
 * measure itself. `marker` is the beginning of the answer's text.
 */
export const openConnection = (port: number, marker: string) => {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.setEncoding('latin1');

  const exchange = (request: Buffer): Promise<Exchange> =>
    new Promise((resolve, reject) => {
      const startedAt = performance.now();
      let received = '';
      let firstTextMs: number | undefined;
      const onData = (data: string): void => {
        received += data;
        if (firstTextMs === undefined && received.includes(marker)) firstTextMs = performance.now() - startedAt;
        if (!isWhole(received)) return;
        socket.off('data', onData).off('error', reject).off('close', onClose);
        const status = Number(received.slice(9, 12));
        resolve({ durationMs: performance.now() - startedAt, firstTextMs, status, body: received });
      };
      const onClose = (): void =>
        reject(new Error(`The target closed the connection after: ${received.slice(0, 300)}`));
      socket.on('data', onData).once('error', reject).once('close', onClose);
      socket.write(request);
    });

  return { exchange, close: () => socket.destroy() };
};
