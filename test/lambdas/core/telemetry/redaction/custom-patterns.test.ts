import fc from 'fast-check';
import { faultOfPattern } from '../../../../../lambdas/core/telemetry/redaction/custom-patterns';
import { measurePattern } from '../../../../../lambdas/core/telemetry/redaction/measure-pattern';

describe('a pattern', () => {
  it.each([
    'CUST-\\d{6}',
    '[A-Z]{2,3}-\\d{4,8}',
    '\\b(?:EMP|CON)-\\w{4,12}\\b',
    '(ab|cd){1,2}',
    'a?b?c',
    '[^\\s"]{8}',
    '[\\]\\-x]{2}',
    '\\u00a7\\d{1,5}',
    '\\x41{3}',
    'Kunde\\.\\d{3,5}?',
    '\\(\\d{3}\\)',
  ])('%s is taken', (pattern) => {
    expect(faultOfPattern(pattern)).toBeUndefined();
  });

  it.each([
    ['a+', 'repeats without an end'],
    ['\\d*x', 'repeats without an end'],
    ['\\d{3,}', 'repeats without an end'],
    ['(a+)+$', 'repeats without an end'],
    ['(?=a)b', 'looks ahead'],
    ['(?!a)b', 'looks ahead'],
    ['(?<=a)b', 'looks behind'],
    ['(?<!a)b', 'looks behind'],
    ['(?<name>a)', 'names a group'],
    ['(?i:a)', 'has a group of a kind that is not taken'],
    ['(a)\\1', 'refers back to a group'],
    ['\\k<name>', 'refers back to a group'],
    ['\\p{L}', 'has \\p'],
    ['^a', 'is bound to the beginning or the end'],
    ['a$', 'is bound to the beginning or the end'],
    ['', 'matches an empty text'],
    ['a?', 'matches an empty text'],
    ['a|', 'matches an empty text'],
    ['\\b', 'matches an empty text'],
    ['(a', 'has a group that is not closed'],
    ['a)', 'has a closing parenthesis too many'],
    ['[a', 'has a [ out of place'],
    ['a{2', 'has a { out of place'],
    ['a\\', 'has a \\ out of place'],
    ['[z-a]', 'is no regular expression'],
    ['a{5,2}', 'repeats from 5 to 2'],
    ['(a{1,9}){1,9}', 'can match in too many ways'],
    ['\\w{1,99}x', 'can match in too many ways'],
    ['(a|a){20}', 'can match in too many ways'],
    ['b(a?){30}', 'can match in too many ways'],
    [`${'a?'.repeat(30)}a`, 'can match in too many ways'],
    ['x'.repeat(200), 'is longer than 120 characters'],
  ])('%s is refused, because it %s', (pattern, fault) => {
    expect(faultOfPattern(pattern)).toMatch(new RegExp(`^${fault.replace(/[\\[{()]/g, '\\$&')}`));
  });

  const atom = fc.constantFrom('a', 'b', '.', '\\d', '\\w', '[ab]', '[^c]', '\\b', '\\.');
  const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { maxDepth: 3 },
      atom,
      fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => left + right),
      fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => `(?:${left}|${right})`),
      fc
        .tuple(tie('pattern'), fc.constantFrom('?', '{2}', '{0,2}', '{1,3}?'))
        .map(([inner, times]) => `(${inner})${times}`),
    ),
  }));

  it('never matches less or more than it was measured to', () => {
    fc.assert(
      fc.property(pattern, fc.string({ unit: fc.constantFrom('a', 'b', 'c', '.', '1') }), (source, text) => {
        const { least, most } = measurePattern(source);
        const lengths = [...text.matchAll(new RegExp(source, 'g'))].map(([found]) => found.length);

        expect(lengths.filter((length) => length < least || length > most)).toEqual([]);
      }),
    );
  });
});
