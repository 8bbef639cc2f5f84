import { createPaint } from '../../../local/terminal/paint';
import { toHeading, toRequestLine } from '../../../local/terminal/request-line';

const plain = createPaint(false);

const aLogLine = (fields: object = {}): string =>
  JSON.stringify({
    timestamp: '2026-11-21T08:36:08.836Z',
    event: 'request_completed',
    account_id: 'local',
    model: 'claude-haiku-4-5',
    input_tokens: 15,
    output_tokens: 72,
    cost_usd: 0.0004125,
    cache: 'miss',
    duration_ms: 388.6,
    status_code: 200,
    status: 'success',
    ...fields,
  });

describe('the line of a request', () => {
  it('has what the function logged at its end, under the headings', () => {
    const line = toRequestLine(aLogLine(), plain) ?? '';

    expect(line).toMatch(
      /^\d\d:\d\d:\d\d {2}local +claude-haiku-4-5 +15 +72 +\$0\.000412 {2}miss +389 ms {2}200 success$/,
    );
    expect(toHeading(plain).indexOf('STATUS')).toBe(line.indexOf('200'));
  });

  it('says why a request was refused, and leaves out what is not known', () => {
    const refusal = {
      timestamp: '2026-11-21T08:36:08.836Z',
      event: 'request_error',
      status_code: 401,
      status: 'invalid',
      error_code: 'invalid_key',
      duration_ms: 2,
    };

    expect(toRequestLine(JSON.stringify(refusal), plain)).toMatch(
      /^\S+ {2}- +- +- +- +- {2}- +2 ms {2}401 invalid_key$/,
    );
  });

  it.each([
    ['another event', aLogLine({ event: 'request_received' })],
    ['what is not JSON', 'a line of text'],
    ['a line that only looks like JSON', '{"event":"request_completed"'],
  ])('is none for %s', (_, logLine) => {
    expect(toRequestLine(logLine, plain)).toBeUndefined();
  });

  it.each([
    [200, 32],
    [429, 33],
    [503, 31],
  ])('has the status %i in colour %i on a terminal, and no colours elsewhere', (status, code) => {
    const line = aLogLine({ status_code: status });

    expect(toRequestLine(line, createPaint(true))).toContain(`\u001b[${code}m${status}`);
    expect(toRequestLine(line, plain)).not.toContain('\u001b');
  });
});
