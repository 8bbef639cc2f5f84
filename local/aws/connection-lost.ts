/** What a call was passed on to closed the connection before any byte of an answer: the caller sees the same. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}
