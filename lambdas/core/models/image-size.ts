import type { ImagePart } from '../chat/call';

export type ImageSize = { width: number; height: number };

const pngSize = (bytes: Buffer): ImageSize | undefined =>
  bytes.length >= 24 && bytes.toString('latin1', 12, 16) === 'IHDR'
    ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
    : undefined;

const gifSize = (bytes: Buffer): ImageSize | undefined =>
  bytes.length >= 10 && bytes.toString('latin1', 0, 3) === 'GIF'
    ? { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
    : undefined;

/** Markers of tables within the range of the frame markers. */
const TABLE_MARKERS = [0xc4, 0xc8, 0xcc];

const startsFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && !TABLE_MARKERS.includes(marker);

const jpegSize = (bytes: Buffer): ImageSize | undefined => {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    if (!startsFrame(bytes.readUInt8(at + 1))) continue;
    return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
  }
  return undefined;
};

const WEBP_CHUNKS: Record<string, (bytes: Buffer) => ImageSize> = {
  'VP8 ': (bytes) => ({ width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }),
  VP8L: (bytes) => ({
    width: (bytes.readUInt32LE(21) & 0x3fff) + 1,
    height: ((bytes.readUInt32LE(21) >>> 14) & 0x3fff) + 1,
  }),
  VP8X: (bytes) => ({ width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }),
};

const webpSize = (bytes: Buffer): ImageSize | undefined =>
  bytes.length >= 30 && bytes.toString('latin1', 8, 12) === 'WEBP'
    ? WEBP_CHUNKS[bytes.toString('latin1', 12, 16)]?.(bytes)
    : undefined;

const READERS: Record<ImagePart['format'], (bytes: Buffer) => ImageSize | undefined> = {
  png: pngSize,
  gif: gifSize,
  jpeg: jpegSize,
  webp: webpSize,
};

const HEADER_CHARACTERS = 4_096;

/** Width and height in pixels as the file's own header tells them; undefined when it is no image of that format. */
export const readImageSize = (format: ImagePart['format'], base64: string): ImageSize | undefined => {
  const read = READERS[format];
  // A JPEG may carry metadata of any length before its frame, so the whole file is decoded when its beginning lacks it.
  return read(Buffer.from(base64.slice(0, HEADER_CHARACTERS), 'base64')) ?? read(Buffer.from(base64, 'base64'));
};
