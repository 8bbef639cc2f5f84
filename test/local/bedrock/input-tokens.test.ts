import fc from 'fast-check';
import type { ConverseBlock, ConverseRequest } from '../../../local/bedrock/converse-request';
import { imageSize } from '../../../local/bedrock/image-size';
import { inputTokens } from '../../../local/bedrock/input-tokens';
import { countTokens, firstTokens, toTokens } from '../../../local/bedrock/tokenizer';

const ofContent = (...content: ConverseBlock[]): ConverseRequest => ({
  messages: [{ role: 'user', content }],
  inferenceConfig: { maxTokens: 1 },
});

const png = (width: number, height: number): string => {
  const bytes = Buffer.alloc(24);
  bytes.write('\x89PNG', 0, 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes.toString('base64');
};

describe('the tokenizer', () => {
  it.each([
    ['', 0],
    ['Hello there', 2],
    ['internationalisation', 4],
    ['12345', 2],
    ['a, b!', 4],
    ['日本語', 3],
    ['🙂🙂', 2],
    ['\n\n  x', 2],
  ])('counts %j as %d', (text, tokens) => {
    expect(countTokens(text)).toBe(tokens);
  });

  it('loses nothing and never counts more tokens than bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(toTokens(text).join('')).toBe(text);
        expect(countTokens(text)).toBeLessThanOrEqual(Buffer.byteLength(text));
      }),
    );
  });

  it('counts the beginning of a text as cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, limit) => {
        expect(countTokens(firstTokens(text, limit))).toBe(Math.min(limit, countTokens(text)));
      }),
    );
  });
});

describe('the input tokens of a request', () => {
  it('are its texts and a fixed part for the request and each message', () => {
    expect(inputTokens(ofContent({ text: 'Hello there' }))).toBe(4 + 3 + 2);
  });

  it('include the system prompt', () => {
    const request = { ...ofContent({ text: 'Hello' }), system: [{ text: 'Be brief.' }] };

    expect(inputTokens(request)).toBe(4 + 3 + 1 + 3);
  });

  it('include the tools and what every use of tools costs', () => {
    const toolSpec = { name: 'now', inputSchema: { json: { type: 'object' } } };
    const request = { ...ofContent({ text: 'Hello' }), toolConfig: { tools: [{ toolSpec }] } };

    expect(inputTokens(request)).toBe(4 + 3 + 1 + 346 + 8 + 1 + countTokens('{"type":"object"}'));
  });

  it.each([
    [300, 250, 100],
    [4_000, 4_000, 1_600],
  ])('count an image of %d x %d as %d', (width, height, tokens) => {
    const image = { format: 'png' as const, source: { bytes: png(width, height) } };

    expect(inputTokens(ofContent({ image }))).toBe(4 + 3 + tokens);
  });
});

describe('the size of an image', () => {
  const jpegHead = 'ffd8 ffe0 0004 0000 ffc0 0011 08 0020 0040 03'.replaceAll(' ', '');
  const webp = (chunk: string, rest: string): string =>
    `52494646 00000000 57454250 ${chunk} 00000000 ${rest}`.replaceAll(' ', '');

  it.each([
    ['gif', '474946383961 4000 2000'.replaceAll(' ', '')],
    ['jpeg', jpegHead],
    ['webp', webp('56503858', '00000000 3f0000 1f0000')],
    ['webp', webp('5650384c', '2f 3fc00700 0000000000')],
    ['webp', webp('56503820', '000000 9d012a 4000 2000')],
  ] as const)('is read from a %s', (format, hex) => {
    expect(imageSize(format, Buffer.from(hex, 'hex'))).toEqual({ width: 64, height: 32 });
  });

  it('is unknown for bytes of another kind', () => {
    expect(imageSize('jpeg', Buffer.from('not a picture at all, sorry'))).toBeUndefined();
  });
});
