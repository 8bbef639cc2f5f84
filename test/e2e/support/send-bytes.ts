import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** Writes bytes to the port, for requests that no HTTP client would send, and reads until the server closes. */
export const sendBytes = async (url: string, bytes: string | Buffer): Promise<string> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  return text(socket);
};
