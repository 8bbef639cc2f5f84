import { readExpression } from '../../../local/schedules/expression';
import { runSchedules, type ScheduleDeps } from '../../../local/schedules/run-schedules';
import type { Schedule } from '../../../local/schedules/schedule';

const aSchedule = (expression: string, input?: string): Schedule => ({
  ruleArn: 'arn:rule',
  functionName: 'sweeper',
  expression: readExpression(expression),
  input,
});

const run = (schedule: Schedule, overrides: Partial<ScheduleDeps> = {}) => {
  const events: { name: string; event: unknown }[] = [];
  const failures: unknown[] = [];
  const schedules = runSchedules([schedule], {
    region: 'eu-west-1',
    accountId: '123456789012',
    invoke: async (name, payload) => void events.push({ name, event: JSON.parse(payload.toString()) }),
    onFailure: (_, error) => failures.push(error),
    ...overrides,
  });
  return { events, failures, ...schedules };
};

beforeEach(() => jest.useFakeTimers({ now: new Date('2026-11-21T08:00:30Z') }));
afterEach(() => jest.useRealTimers());

describe('a schedule', () => {
  it('invokes its function at its rate until it is stopped', () => {
    const { events, stop } = run(aSchedule('rate(1 minute)'));

    jest.advanceTimersByTime(3 * 60_000);
    stop();
    jest.advanceTimersByTime(3 * 60_000);

    expect(events).toHaveLength(3);
    expect(events[0]).toEqual({
      name: 'sweeper',
      event: {
        version: '0',
        id: expect.any(String),
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: '123456789012',
        time: '2026-11-21T08:01:30Z',
        region: 'eu-west-1',
        resources: ['arn:rule'],
        detail: {},
      },
    });
  });

  it('invokes its function once in each minute that is due', () => {
    const { events, stop } = run(aSchedule('cron(0/5 * * * ? *)', '{"mine":true}'));

    jest.advanceTimersByTime(10 * 60_000);
    stop();

    expect(events).toEqual([
      { name: 'sweeper', event: { mine: true } },
      { name: 'sweeper', event: { mine: true } },
    ]);
  });

  it('goes on after a run that failed', async () => {
    const { failures, stop } = run(aSchedule('rate(1 minute)'), { invoke: () => Promise.reject(new Error('no')) });

    await jest.advanceTimersByTimeAsync(2 * 60_000);
    stop();

    expect(failures).toHaveLength(2);
  });
});
