/**
 * The client's side of a request. Nothing here waits for the client: bytes go into a queue that the response stream
 * drains at the client's pace, so a stalled or departed client never holds up the provider.
 */
export type ClientResponse = {
  /** The status line is on its way and cannot be changed. */
  readonly committed: boolean;
  /** Body bytes handed over so far. */
  readonly bytes: number;
  /** A write has failed: nobody is reading any more. Later writes are counted and dropped. */
  readonly gone: boolean;
  commit(status: number, headers: Readonly<Record<string, string>>): void;
  write(chunk: string): void;
  /** No more bytes. */
  end(): void;
  /** Resolves when the last byte was taken over or the client is gone; never rejects. */
  done(): Promise<void>;
};
