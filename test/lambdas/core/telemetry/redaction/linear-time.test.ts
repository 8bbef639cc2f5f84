import { createRedactor } from '../../../../../lambdas/core/telemetry/redaction/create-redactor';
import { SECRETS } from './corpus';

const redactor = createRedactor({ ipAddresses: true, longestText: Number.POSITIVE_INFINITY });

/** Texts that make a careless recogniser start again and again. */
const HOSTILE = [
  ...[
    '0',
    '0123456789',
    '1 ',
    '12345 67890 ',
    '4111 ',
    '4111-',
    '01 ',
    '01 23456 ',
    '1.',
    '1.2.3.',
    '(0',
    '(020) ',
    '+1 ',
    '+',
  ],
  ...[
    '@',
    'a@',
    'a.a@',
    'a@b.c',
    '%40',
    'a%40',
    '.',
    '-',
    '_',
    ':',
    'a:',
    'ab:',
    '::',
    '=',
    'a=',
    '\\',
    '\\"',
    '"',
    "'",
    ' ',
  ],
  ...[
    'sk-',
    'sk-ant-',
    'fg_',
    'AKIA',
    'ghp_',
    'eyJ',
    'eyJ-',
    'eyJ.',
    'eyJa.b',
    'Bearer ',
    'Bearer a',
    'Basic x',
    'b',
    'phone ',
  ],
  ...['password=', 'password="', 'password=\\"', 'password:', 'authorization: ', 'token: bearer ', 'cookie:'],
  ...['://', '://a', '://a:b', '-----BEGIN ', '-----BEGIN PRIVATE KEY', '-----BEGIN RSA PRIVATE KEY-----', '-----END '],
  ...[
    'aB3dE5gH7jK9mN2pQ4sT6vW8xY0zC1fG+/',
    'The quick brown fox jumps. ',
    '{"role":"user","content":"Hi"},',
    '[REDACTED_',
    'é',
    '\ud83d\ude00',
  ],
  ...Object.values(SECRETS).map(([text = '']) => text),
];

const repeat = (piece: string, length: number): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/**
 * How many characters are looked at while `work` runs. What the engine looks at by itself in a regular expression is
 * not counted: each of those that are used has a bounded length.
 */
const charactersRead = (work: () => unknown): number => {
  const { charCodeAt, slice, indexOf } = String.prototype;
  let read = 0;
  Object.assign(String.prototype, {
    charCodeAt(this: string, at: number) {
      read += 1;
      return charCodeAt.call(this, at);
    },
    slice(this: string, ...range: [number?, number?]) {
      const part = slice.apply(this, range);
      read += part.length;
      return part;
    },
    indexOf(this: string, searched: string, from = 0) {
      const found = indexOf.call(this, searched, from);
      read += (found < 0 ? this.length : found) - from;
      return found;
    },
  });
  try {
    work();
  } finally {
    Object.assign(String.prototype, { charCodeAt, slice, indexOf });
  }
  return read;
};

describe('redaction', () => {
  it.each(HOSTILE)('reads a text of %j in proportion to its length', (piece) => {
    const [short, long] = [1_000, 8_000].map((length) => {
      const text = repeat(piece, length);
      return charactersRead(() => redactor.text(text)) / length;
    });

    expect(short).toBeLessThan(150);
    expect(long).toBeLessThan(Math.max(4, (short ?? 0) * 1.5));
  });

  it('reads nothing twice of a text that holds no sign of anything', () => {
    const text = repeat('The quick fox jumps and runs, ', 10_000);

    expect(charactersRead(() => redactor.text(text))).toBeLessThan(text.length * 1.2);
  });

  it('reads of a long text only what it shows, and a little more', () => {
    const text = repeat('4111 1111 1111 1111, sk-ant-', 200_000);
    const short = repeat('4111 1111 1111 1111, sk-ant-', 5_000);

    const read = charactersRead(() => createRedactor().text(text));

    expect(read).toBeLessThan(2 * charactersRead(() => createRedactor({ longestText: 5_000 }).text(short)));
  });
});
