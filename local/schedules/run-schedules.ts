import { randomUUID } from 'node:crypto';
import { isDue } from './expression';
import type { Schedule } from './schedule';

export type ScheduleDeps = {
  readonly region: string;
  readonly accountId: string;
  readonly invoke: (functionName: string, payload: Buffer) => Promise<void>;
  readonly onFailure: (functionName: string, error: unknown) => void;
};

/** Invokes functions by the clock until `stop`; what runs then is not waited for. */
export type Schedules = { stop(): void };

/** Rates count from the start of the machine, as they do on AWS from the creation of the rule. */
export const runSchedules = (schedules: readonly Schedule[], deps: ScheduleDeps): Schedules => {
  const timers = schedules.map((schedule) => {
    const fire = () => {
      const payload = Buffer.from(schedule.input ?? JSON.stringify(toScheduledEvent(schedule, deps)));
      deps.invoke(schedule.functionName, payload).catch((error) => deps.onFailure(schedule.functionName, error));
    };
    const { expression } = schedule;
    return expression.kind === 'rate'
      ? setInterval(fire, expression.everyMs)
      : everyMinute((minute) => isDue(expression.fields, minute) && fire());
  });
  return {
    stop: () => {
      for (const timer of timers) clearInterval(timer);
    },
  };
};

const MINUTE_MS = 60_000;

/** Looks twice a minute and tells of each minute once. */
const everyMinute = (onMinute: (minute: Date) => void): NodeJS.Timeout => {
  let seen = Math.floor(Date.now() / MINUTE_MS);
  return setInterval(() => {
    const current = Math.floor(Date.now() / MINUTE_MS);
    if (current === seen) return;
    seen = current;
    onMinute(new Date(current * MINUTE_MS));
  }, MINUTE_MS / 2);
};

/** The event of a rule that fixes none. */
export const toScheduledEvent = ({ ruleArn }: Schedule, { region, accountId }: ScheduleDeps): object => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: accountId,
  time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  region,
  resources: [ruleArn],
  detail: {},
});
