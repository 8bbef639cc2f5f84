import { createRedactor } from '../../../../../lambdas/core/telemetry/redaction/create-redactor';
import { KINDS } from '../../../../../lambdas/core/telemetry/redaction/kinds';
import { IN_CONTEXT, SECRETS } from './corpus';

describe('marks', () => {
  it('carry the kind of what they stand for', () => {
    const marks = Object.values(SECRETS).map(([text = '']) => createRedactor({ ipAddresses: true }).text(text));

    expect(marks.map((mark) => /\[REDACTED_([A-Z_]+)\]$/.exec(mark)?.[1]?.toLowerCase())).toEqual(Object.keys(SECRETS));
  });

  it('read as they are told to', () => {
    expect(createRedactor({ text: '[PRIVATE]' }).text('from jane@example.com')).toBe('from [PRIVATE]');
    expect(createRedactor({ text: '<{KIND}>' }).text('from jane@example.com')).toBe('from <EMAIL>');
  });

  it.each(['', 'PRIVATE', '[a@example.com]', '["x"]', '[a', '[a]\n', `[${'x'.repeat(100)}]`, '[{NAME}]'])(
    'cannot read %j',
    (text) => {
      expect(() => createRedactor({ text })).toThrow('must stand in brackets such as [PRIVATE]');
    },
  );
});

describe('a redactor that shows characters', () => {
  const redactor = createRedactor({ partial: true, ipAddresses: true });

  it('shows the first and last of contacts', () => {
    expect(redactor.text('from jane@example.com, +14155552671')).toBe('from [ja***om], [+1***71]');
  });

  it('shows nothing of short ones', () => {
    expect(redactor.text('from a@b.co')).toBe('from [REDACTED_EMAIL]');
  });

  it.each(Object.entries(SECRETS).filter(([kind]) => !['email', 'phone'].includes(kind)))(
    'shows nothing of %s',
    (kind, texts) => {
      expect(texts.map((text) => redactor.text(text))).toEqual(
        texts.map(() => expect.stringMatching(new RegExp(`\\[REDACTED_${kind.toUpperCase()}\\]$`))),
      );
    },
  );
});

describe('a custom pattern', () => {
  const pattern = { name: 'custom_id', pattern: 'CUST-\\d{6}' };
  const redactor = createRedactor({ patterns: [pattern] });

  it('is redacted under its own name, beside everything else', () => {
    expect(redactor.text('CUST-123456 wrote from jane@example.com; CUST-12 did not.')).toBe(
      '[REDACTED_CUSTOM_ID] wrote from [REDACTED_EMAIL]; CUST-12 did not.',
    );
  });

  it('is redacted in nested fields and names of fields', () => {
    expect(redactor.fields({ a: [{ 'CUST-123456': 'of CUST-654321' }] })).toEqual({
      a: [{ '[REDACTED_CUSTOM_ID]': 'of [REDACTED_CUSTOM_ID]' }],
    });
  });

  it.each([
    ['that begins before what is known', '\\w{2}=\\S{3,20}', 'id=jane@example.com x', '[REDACTED_MINE] x'],
    ['that ends after what is known', '\\.com/\\d{3}', 'jane@example.com/123 x', '[REDACTED_EMAIL] x'],
    ['within what is known', 'example', 'jane@example.com x', '[REDACTED_EMAIL] x'],
    ['within its own mark', '[A-Z]{4}', 'ABCD x', '[REDACTED_MINE] x'],
  ])('%s leaves nothing of either', (_, mine, text, redacted) => {
    expect(createRedactor({ patterns: [{ name: 'mine', pattern: mine }] }).text(text)).toBe(redacted);
  });

  it('that cannot be used is refused by its name, with the reason', () => {
    expect(() => createRedactor({ patterns: [pattern, { name: 'words', pattern: '(\\w+\\s?)+$' }] })).toThrow(
      'The pattern of words repeats without an end: say how often at most, such as {1,20}.',
    );
  });
});

describe('a redactor that leaves personal data', () => {
  const redactor = createRedactor({
    personalData: false,
    ipAddresses: true,
    patterns: [{ name: 'custom_id', pattern: 'CUST-\\d{6}' }],
  });
  const isCredential = (kind: string): boolean =>
    Object.entries(KINDS).some(([name, sort]) => name === kind && sort === 'credential');

  it.each(Object.entries(SECRETS))('treats %s by its sort', (kind, texts) => {
    expect(texts.map((text) => redactor.text(text) === text)).toEqual(texts.map(() => !isCredential(kind)));
  });

  it('leaves custom patterns and fields of personal data, and takes passwords', () => {
    expect(redactor.fields({ email: 'x', id: 'CUST-123456', password: 'y', note: 'secret=z' })).toEqual({
      email: 'x',
      id: 'CUST-123456',
      password: '[REDACTED_SECRET]',
      note: 'secret=[REDACTED_SECRET]',
    });
  });
});

describe('what was redacted already', () => {
  it.each([
    ['[REDACTED_{KIND}]', 'password=abc1234 : def'],
    ['[HIDDEN_{KIND}]', 'password=abc1234 : def'],
    ['[SECRET]', 'password=abc1234 : def'],
    ['[MY SECRET]', 'user[password]=abc1234 : def'],
    ['[TOKEN]', 'https://x.example/?token=abcdefghi : def'],
  ])('stays as it is under %s: %s', (text, given) => {
    const { text: redactText } = createRedactor({ text });
    const once = redactText(given);

    expect(once).not.toBe(given);
    expect(redactText(once)).toBe(once);
  });

  it.each(['[REDACTED_{KIND}]', '[HIDDEN_{KIND}]', '[SECRET]'])(
    'does not hide a field by the mark in its name, such as %s',
    (text) => {
      const redactor = createRedactor({ text });
      const once = redactor.fields({ [`ghp_${'a1B2'.repeat(9)}`]: 'v', 'https://tok12345@host': 'v' });

      expect(Object.values(once)).toEqual(['v', 'v']);
      expect(redactor.fields(once)).toEqual(once);
    },
  );

  it.each(['redacted_password=hunter2xyz', 'redacted-token: abcdefg', 'redactedPassword=hunter2'])(
    'is not taken for so by a name alone: %s',
    (text) => {
      expect(createRedactor().text(text)).toContain('[REDACTED_SECRET]');
    },
  );
});

describe('another redactor made of one', () => {
  it('has what was changed and keeps the rest, and the first stays as it was', () => {
    const first = createRedactor({ text: '[PRIVATE]' });
    const second = first.with({ ipAddresses: true });

    expect([first.text('10.0.0.1 a@b.co'), second.text('10.0.0.1 a@b.co')]).toEqual([
      '10.0.0.1 [PRIVATE]',
      '[PRIVATE] [PRIVATE]',
    ]);
  });
});

describe('asking whether there is something', () => {
  it('finds what would be redacted', () => {
    const redactor = createRedactor({ ipAddresses: true });
    const texts = [...Object.values(SECRETS).flat(), ...IN_CONTEXT.map(([text]) => text)];

    expect(texts.filter((text) => !redactor.finds(text))).toEqual([]);
    expect(['', 'nothing', 'nJ3k0V0cW1b0Zc1T'].filter((text) => redactor.finds(text))).toEqual([]);
  });
});
