import type { ImagePart } from '../../../../lambdas/core/chat/call';
import { readImageSize } from '../../../../lambdas/core/models/image-size';

const hex = (text: string): string => Buffer.from(text.replaceAll(' ', ''), 'hex').toString('base64');

const riff = (chunk: string): string => `52494646 00000000 57454250 ${chunk}`;
const JPEG_START = 'ffd8 ffe0 0010 4a46494600010100000100010000';
const JPEG_FRAME = 'ffc2 0011 08 0258 0320 03 012200 021101 031101';

const SAMPLES: [what: string, format: ImagePart['format'], base64: string][] = [
  ['PNG', 'png', hex('89504e470d0a1a0a 0000000d 49484452 00000320 00000258')],
  ['GIF', 'gif', hex('474946383961 2003 5802')],
  ['progressive JPEG behind its header', 'jpeg', hex(`${JPEG_START} ${JPEG_FRAME}`)],
  ['JPEG behind a Huffman table', 'jpeg', hex(`ffd8 ffc4 0004 0000 ${JPEG_FRAME}`)],
  ['JPEG behind long metadata', 'jpeg', hex(`ffd8 ffe1 fffe ${'00'.repeat(0xfffc)} ${JPEG_FRAME}`)],
  ['lossy WebP', 'webp', hex(riff('56503820 00000000 000000 9d012a 2003 5802'))],
  ['lossless WebP', 'webp', hex(riff('5650384c 00000000 2f 1fc39500 0000000000'))],
  ['extended WebP', 'webp', hex(riff('56503858 00000000 00000000 1f0300 570200'))],
];

describe('readImageSize', () => {
  it.each(SAMPLES)('reads 800 x 600 from a %s', (_, format, base64) => {
    expect(readImageSize(format, base64)).toEqual({ width: 800, height: 600 });
  });

  it.each<[ImagePart['format'], string]>([
    ['png', ''],
    ['png', hex('ffd8ffe0')],
    ['gif', hex('4749')],
    ['jpeg', hex('ffd8')],
    ['jpeg', hex('ffd8 ffe0 0010')],
    ['webp', hex(riff('58585858 00000000 00000000 00000000 0000'))],
  ])('finds no size in what is no %s', (format, base64) => {
    expect(readImageSize(format, base64)).toBeUndefined();
  });
});
