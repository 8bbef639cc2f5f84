import fc from 'fast-check';
import { createRedactor } from '../../../../../lambdas/core/telemetry/redaction/create-redactor';
import { IN_CONTEXT, INNOCENT, SECRETS } from './corpus';

/** The same cases in every run. */
const SEED = 20_261_121;

const redactor = createRedactor({ ipAddresses: true, longestText: Number.POSITIVE_INFINITY });
const withoutAddresses = redactor.with({ ipAddresses: false });

const SCHEMES: Readonly<Record<string, string>> = { bearer_token: 'Bearer ', basic_credentials: 'Basic ' };

/** What a text of the corpus becomes: the scheme of an Authorization value stays. */
const markOf = (kind: string): string => `${SCHEMES[kind] ?? ''}[REDACTED_${kind.toUpperCase()}]`;

const corpus = Object.entries(SECRETS).flatMap(([kind, texts]) => texts.map((text) => ({ kind, text })));

const SURROUNDINGS = [
  ['', ''],
  ['It said: ', ' and left.'],
  ['"', '"'],
  ["'", "',"],
  ['(', ')'],
  ['<', '>'],
  ['[', '] '],
  ['{"a":"', '"}'],
  ['x=', '&y=1'],
  ['first line\n', '\nthird line'],
  ['\t', ';'],
  ['See ', '. Then'],
] as const;

describe('a text', () => {
  it.each(corpus)('loses $kind $text wherever it stands, and nothing else', ({ kind, text }) => {
    const redacted = SURROUNDINGS.map(([before, after]) => redactor.text(before + text + after));

    expect(redacted).toEqual(SURROUNDINGS.map(([before, after]) => before + markOf(kind) + after));
  });

  it.each(IN_CONTEXT)('loses what its surroundings give away: %s', (text, secret) => {
    const redacted = redactor.text(text);

    expect(redacted).not.toContain(secret);
    expect(redacted).toContain('[REDACTED_');
  });

  it.each(Object.entries(INNOCENT).flatMap(([group, texts]) => texts.map((text) => [group, text] as const)))(
    'of %s comes through: %s',
    (_, text) => {
      expect(withoutAddresses.text(text)).toBe(text);
      expect(withoutAddresses.text(`{"value":"${text}"} (${text}) ${text}`)).toBe(
        `{"value":"${text}"} (${text}) ${text}`,
      );
    },
  );

  it('keeps IP addresses unless it is told otherwise', () => {
    const texts = SECRETS.ip_address;

    expect(texts.map((text) => createRedactor().text(text))).toEqual(texts);
  });

  it('keeps its length of words around many finds', () => {
    const redacted = redactor.text('jane@example.com wrote to joe@example.com from +1 415 555 2671.');

    expect(redacted).toBe('[REDACTED_EMAIL] wrote to [REDACTED_EMAIL] from [REDACTED_PHONE].');
  });
});

describe('redaction', () => {
  const separator = fc.constantFrom(' ', ', ', '"', "'", '\n', '; ', ' | ', '(', ') ', '\t', ' => ', '! ');
  const anyText = fc.string({ maxLength: 40, unit: 'binary' });

  it('lets no secret of the corpus through in any text', () => {
    const secrets = fc.constantFrom(...corpus.map(({ text }) => text));

    fc.assert(
      fc.property(anyText, separator, secrets, separator, anyText, (before, opening, secret, closing, after) => {
        const redacted = redactor.text(`${before}${opening}${secret}${closing} ${after}`);

        expect(redacted).not.toContain(secret.replace(/^(Bearer|Basic) /, ''));
      }),
      { numRuns: 3_000, seed: SEED },
    );
  });

  it.each([
    ['by default', withoutAddresses],
    ['with marks of its own', withoutAddresses.with({ text: '[PRIVATE]' })],
    ['with marks that show characters', withoutAddresses.with({ partial: true })],
    ['with a custom pattern', withoutAddresses.with({ patterns: [{ name: 'customer', pattern: 'CUST-\\d{6}' }] })],
  ])('%s changes nothing the second time', (_, tested) => {
    const pieces = [
      ...corpus.map(({ text }) => text),
      ...IN_CONTEXT.map(([text]) => text),
      ...Object.values(INNOCENT).flat(),
      ...['password', 'token', 'Authorization: ', 'Bearer ', '[REDACTED_EMAIL]', '[PRIVATE]', '***', 'CUST-123456'],
      ...['"', "'", '\\', ':', '=', '@', '%40', '+', '-', '_', '.', '/', '(', ')', '\n', ' ', '4', '415', 'eyJ', '://'],
    ];
    const texts = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 6 })), { maxLength: 6 });

    fc.assert(
      fc.property(texts, (parts) => {
        const once = tested.text(parts.join(''));

        expect(tested.text(once)).toBe(once);
      }),
      { numRuns: 2_000, seed: SEED },
    );
  });
});

describe('a long text', () => {
  it('is cut, and told to be', () => {
    expect(createRedactor().text('x'.repeat(100_000))).toBe(`${'x'.repeat(4_000)}...`);
  });

  it('shows no part of a secret that the cut goes through', () => {
    const key = corpus.find(({ kind }) => kind === 'anthropic_key')?.text ?? '';
    const shown = Array.from({ length: key.length + 2 }, (_, hidden) => {
      const text = `${'x '.repeat(60).slice(0, 100 - hidden)} ${key}${' y'.repeat(2_000)}`;
      return createRedactor({ longestText: 100 }).text(text);
    });

    expect(shown.filter((text) => text.includes('sk-ant-'))).toEqual([]);
  });
});
