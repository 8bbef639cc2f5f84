import { isDue, readExpression } from '../../../local/schedules/expression';

describe('a rate', () => {
  it.each([
    ['rate(1 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(2 hours)', 7_200_000],
    ['rate(1 day)', 86_400_000],
  ])('%s is every %i ms', (text, everyMs) => {
    expect(readExpression(text)).toEqual({ kind: 'rate', everyMs });
  });
});

describe('a cron expression', () => {
  // A Saturday.
  const at = (time: string) => new Date(`2026-11-21T${time}:00Z`);

  it.each([
    ['cron(0 12 * * ? *)', '12:00', true],
    ['cron(0 12 * * ? *)', '12:01', false],
    ['cron(0/15 * * * ? *)', '08:45', true],
    ['cron(0/15 * * * ? *)', '08:46', false],
    ['cron(5,35 8-10 * * ? *)', '09:35', true],
    ['cron(5,35 8-10 * * ? *)', '11:35', false],
    ['cron(0 0 1 * ? *)', '00:00', false],
    ['cron(0 8 ? * 7 *)', '08:00', true],
    ['cron(0 8 ? * 2-6 *)', '08:00', false],
    ['cron(0 8 ? 11 * *)', '08:00', true],
  ])('%s at %s on Saturday 21 November fires: %s', (text, time, expected) => {
    const expression = readExpression(text);

    expect(expression.kind === 'cron' && isDue(expression.fields, at(time))).toBe(expected);
  });
});

describe('a schedule that cannot be read', () => {
  it.each([
    'rate(5 seconds)',
    'at(2026-11-21T00:00:00)',
    'cron(0 12 * *)',
    'cron(0 12 ? * MON *)',
    'cron(61 * * * ? *)',
    'cron(0 12 * * ? 2027)',
  ])('%s is refused', (text) => {
    expect(() => readExpression(text)).toThrow();
  });
});
