type Size = { width: number; height: number };

const ascii = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to);

const pngSize = (bytes: Buffer): Size | undefined =>
  bytes.length >= 24 && ascii(bytes, 1, 4) === 'PNG'
    ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
    : undefined;

const gifSize = (bytes: Buffer): Size | undefined =>
  bytes.length >= 10 && ascii(bytes, 0, 3) === 'GIF'
    ? { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
    : undefined;

const isStartOfFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

const jpegSize = (bytes: Buffer): Size | undefined => {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    if (!isStartOfFrame(bytes.readUInt8(at + 1))) continue;
    return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
  }
  return undefined;
};

const webpSize = (bytes: Buffer): Size | undefined => {
  if (bytes.length < 30 || ascii(bytes, 0, 4) !== 'RIFF' || ascii(bytes, 8, 12) !== 'WEBP') return undefined;
  const chunk = ascii(bytes, 12, 16);
  if (chunk === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (chunk === 'VP8L') {
    const bits = bytes.readUInt32LE(21);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
};

const READERS = { png: pngSize, gif: gifSize, jpeg: jpegSize, webp: webpSize } as const;

export type ImageFormat = keyof typeof READERS;

/** Width and height in pixels, from the file's own header; undefined when it is no image of that format. */
export const imageSize = (format: ImageFormat, bytes: Buffer): Size | undefined => READERS[format](bytes);
