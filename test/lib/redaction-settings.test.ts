import * as v from 'valibot';
import { commonEnv } from '../../lambdas/core/common-env';
import { readEnv } from '../../lambdas/core/read-env';
import { commonEnvironment } from '../../lib/common-environment';
import { readSettings } from '../../lib/read-settings';

describe('the redaction of a stage', () => {
  it('reaches every function as its settings say', () => {
    const redaction = { ipAddresses: true, patterns: [{ name: 'customer', pattern: 'CUST-\\d{6}' }] };

    const environment = commonEnvironment('dev', readSettings('dev', { redaction, sanitizeLogs: false }));

    expect(readEnv(v.object(commonEnv), environment).REDACTION).toEqual({
      ipAddresses: true,
      partial: false,
      text: '[REDACTED_{KIND}]',
      patterns: [{ name: 'customer', pattern: 'CUST-\\d{6}' }],
      personalData: false,
    });
  });

  it('is whole where nothing says otherwise', () => {
    const { REDACTION, ...environment } = commonEnvironment('dev', readSettings('dev'));

    expect(readEnv(v.object(commonEnv), environment).REDACTION).toEqual(
      readEnv(v.object(commonEnv), { ...environment, REDACTION }).REDACTION,
    );
  });

  it('cannot be left out in prod', () => {
    expect(() => readSettings('prod', { sanitizeLogs: false })).toThrow('sanitizeLogs must be true in prod');
    expect(readSettings('dev', { sanitizeLogs: false }).sanitizeLogs).toBe(false);
  });

  it.each([
    [{ sanitizeLogs: 'no' }, 'sanitizeLogs must be true or false.'],
    [{ redaction: { ipAddresses: 1 } }, 'redaction.ipAddresses must be true or false.'],
    [{ redaction: { text: 'PRIVATE' } }, 'redaction.text must stand in brackets such as [PRIVATE]'],
    [{ redaction: { patterns: 'x' } }, 'redaction.patterns must be a list of patterns'],
    [{ redaction: { patterns: [{ name: 'A b', pattern: 'x' }] } }, 'redaction.patterns.0.name must be a name such as'],
    [{ redaction: { patterns: [{ name: 'email', pattern: 'x' }] } }, 'redaction.patterns.0.name is the name of a kind'],
    [
      { redaction: { patterns: [{ name: 'a', pattern: '(a+)+$' }] } },
      'redaction.patterns.0.pattern repeats without an end',
    ],
    [
      { redaction: { patterns: Array(11).fill({ name: 'a', pattern: 'x' }) } },
      'redaction.patterns must hold at most 10',
    ],
    [
      { redaction: { patterns: Array(10).fill({ name: 'a', pattern: 'x'.repeat(120) }) } },
      'redaction must have at most 800 characters of JSON',
    ],
  ])('is refused where it is wrong: %j', (override, message) => {
    expect(() => readSettings('dev', override)).toThrow(message);
  });

  it('that is wrong fails a function at its start, by name', () => {
    const environment = commonEnvironment('dev', readSettings('dev'));

    expect(() => readEnv(v.object(commonEnv), { ...environment, REDACTION: '{"text":"x"}' })).toThrow(
      'REDACTION.text: must stand in brackets',
    );
    expect(() => readEnv(v.object(commonEnv), { ...environment, REDACTION: '{' })).toThrow('REDACTION: must be JSON');
  });
});
