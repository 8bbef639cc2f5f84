import { crc32 } from './crc32';

const PRELUDE_BYTES = 8;
const CRC_BYTES = 4;
const STRING_HEADER = 7;

const encodeHeader = ([name, value]: [string, string]): Buffer => {
  const nameBytes = Buffer.from(name);
  const valueBytes = Buffer.from(value);
  const head = Buffer.alloc(1 + nameBytes.length + 3);
  head.writeUInt8(nameBytes.length, 0);
  nameBytes.copy(head, 1);
  head.writeUInt8(STRING_HEADER, 1 + nameBytes.length);
  head.writeUInt16BE(valueBytes.length, 2 + nameBytes.length);
  return Buffer.concat([head, valueBytes]);
};

const checksum = (bytes: Buffer): Buffer => {
  const buffer = Buffer.alloc(CRC_BYTES);
  buffer.writeUInt32BE(crc32(bytes));
  return buffer;
};

/** One frame of `application/vnd.amazon.eventstream`: prelude, prelude checksum, headers, payload, checksum. */
const encodeFrame = (headers: Readonly<Record<string, string>>, payload: Buffer): Buffer => {
  const headerBytes = Buffer.concat(Object.entries(headers).map(encodeHeader));
  const prelude = Buffer.alloc(PRELUDE_BYTES);
  prelude.writeUInt32BE(PRELUDE_BYTES + CRC_BYTES + headerBytes.length + payload.length + CRC_BYTES, 0);
  prelude.writeUInt32BE(headerBytes.length, 4);
  const message = Buffer.concat([prelude, checksum(prelude), headerBytes, payload]);
  return Buffer.concat([message, checksum(message)]);
};

/** One event of an answer, as Bedrock frames it. */
export const encodeEvent = (type: string, payload: object): Buffer =>
  encodeFrame(
    { ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' },
    Buffer.from(JSON.stringify(payload)),
  );

/** An error in the middle of a stream; `type` is the member's name, as in `throttlingException`. */
export const encodeException = (type: string, message: string): Buffer =>
  encodeFrame(
    { ':exception-type': type, ':content-type': 'application/json', ':message-type': 'exception' },
    Buffer.from(JSON.stringify({ message })),
  );

/** The same frame with a wrong checksum at its end: what a reader must refuse. */
export const corrupt = (frame: Buffer): Buffer => {
  const broken = Buffer.from(frame);
  broken.writeUInt32BE((broken.readUInt32BE(broken.length - CRC_BYTES) ^ 1) >>> 0, broken.length - CRC_BYTES);
  return broken;
};
