import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { findFaults } from './find-faults';

/** A segment or subsegment in X-Ray's own JSON. */
export type SegmentDocument = Readonly<Record<string, unknown>>;

/** Stands in for the X-Ray daemon: what reaches it becomes one line of a file. */
export type XrayDaemon = {
  /** `host:port`, the value of `AWS_XRAY_DAEMON_ADDRESS`. */
  readonly address: string;
  /** Adds a segment that the platform itself makes. */
  record(document: SegmentDocument): void;
  close(): Promise<void>;
};

/** One datagram is at most 64 kB; a burst of ended requests must fit while we are busy. */
const RECEIVE_BUFFER_BYTES = 8 * 1024 * 1024;
const HEADER = /^\{\s*"format"\s*:\s*"json"[^\n]*\}\n/;

/**
 * Listens on a free UDP port of loopback and appends every document to `file`, one JSON object a line. X-Ray refuses
 * what is not as it must be without telling the sender: `onFaults` is told.
 */
export const startXrayDaemon = async (
  file: string,
  onFaults: (faults: readonly string[], document: SegmentDocument) => void = () => {},
): Promise<XrayDaemon> => {
  const output = createWriteStream(file, { flags: 'a' });
  const record = (document: SegmentDocument): void => {
    output.write(`${JSON.stringify(document)}\n`);
    const faults = findFaults(document);
    if (faults.length > 0) onFaults(faults, document);
  };
  const socket = createSocket({ type: 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES });
  let received = 0;
  socket.on('message', (message) => {
    received += 1;
    record(readDatagram(message.toString('utf8')));
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');

  return {
    address: `127.0.0.1:${socket.address().port}`,
    record,
    close: async () => {
      await untilQuiet(() => received);
      socket.close();
      output.end();
      await once(output, 'close');
    },
  };
};

/** What has arrived and is not yet read would be lost with the socket. */
const untilQuiet = async (count: () => number): Promise<void> => {
  let before: number;
  do {
    before = count();
    // The first turn may be the one that has already looked at the socket.
    await nextTurn();
    await nextTurn();
  } while (count() !== before);
};

/** What cannot be read is kept as it came, so that a test or a person sees it. */
const readDatagram = (text: string): SegmentDocument => {
  const body = text.replace(HEADER, '');
  if (body.length === text.length) return { unreadable: text };
  try {
    const document: unknown = JSON.parse(body);
    return isObject(document) ? document : { unreadable: text };
  } catch {
    return { unreadable: text };
  }
};

const isObject = (value: unknown): value is SegmentDocument =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
