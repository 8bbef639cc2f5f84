import { createSanitizer, getSanitizer } from '../../../../lambdas/core/library/sanitizer';

const MAIL = 'Write to jane.doe@example.com about CUST-123456.';

describe('a sanitizer', () => {
  it('takes personal data and keys out of texts and nested values', () => {
    const sanitizer = getSanitizer();

    expect(sanitizer.text(MAIL)).toBe('Write to [REDACTED_EMAIL] about CUST-123456.');
    expect(sanitizer.value({ deep: [{ password: 'hunter2' }] })).toEqual({ deep: [{ password: '[REDACTED_SECRET]' }] });
    expect([sanitizer.finds(MAIL), sanitizer.finds('Nothing here.')]).toEqual([true, false]);
  });

  it('learns a pattern, and the one it came from stays as it was', () => {
    const sanitizer = getSanitizer().addPattern({ name: 'customer_id', pattern: 'CUST-\\d{6}' });

    expect(sanitizer.text(MAIL)).toBe('Write to [REDACTED_EMAIL] about [REDACTED_CUSTOMER_ID].');
    expect(getSanitizer().text(MAIL)).toContain('CUST-123456');
  });

  it('keeps what it learned through further changes', () => {
    const sanitizer = createSanitizer()
      .addPattern({ name: 'customer_id', pattern: 'CUST-\\d{6}' })
      .setRedactionText('<{KIND}>')
      .addPattern({ name: 'verb', pattern: 'Write' });

    expect(sanitizer.text(MAIL)).toBe('<VERB> to <EMAIL> about <CUSTOMER_ID>.');
  });

  it('shows a part of addresses where that is wanted', () => {
    expect(getSanitizer().enablePartialRedaction().text(MAIL)).toMatch(/^Write to \[?ja\*+om\]? about/);
  });

  it('refuses a pattern that could take for ever', () => {
    expect(() => getSanitizer().addPattern({ name: 'slow', pattern: '(a+)+b' })).toThrow(/slow/);
  });
});
