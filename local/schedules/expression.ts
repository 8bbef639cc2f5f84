/** When a schedule fires: every so often, or at the minutes that match five fields. */
export type Expression =
  | { readonly kind: 'rate'; readonly everyMs: number }
  | { readonly kind: 'cron'; readonly fields: readonly (readonly number[] | 'every')[] };

const UNIT_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

const isUnit = (name: string | undefined): name is keyof typeof UNIT_MS => name !== undefined && name in UNIT_MS;

/** Minute, hour, day of the month, month, day of the week (1 is Sunday). */
const RANGES = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [1, 7],
] as const;

/** Reads `rate(5 minutes)`, or `cron(...)` with numbers, lists, ranges and steps. Throws for anything else. */
export const readExpression = (text: string): Expression => {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(text) ?? [];
  if (isUnit(unit)) return { kind: 'rate', everyMs: Number(count) * UNIT_MS[unit] };
  const fields = /^cron\(([^)]+)\)$/.exec(text)?.[1]?.split(' ');
  if (fields?.length !== 6 || fields[5] !== '*') throw new Error(`The local machine cannot read the schedule ${text}.`);
  return {
    kind: 'cron',
    fields: RANGES.map(([low, high], index) => readField(fields[index] ?? '', { low, high, text })),
  };
};

type Bounds = { low: number; high: number; text: string };

const readField = (field: string, bounds: Bounds): readonly number[] | 'every' =>
  field === '*' || field === '?' ? 'every' : field.split(',').flatMap((part) => readPart(part, bounds));

const readPart = (part: string, { low, high, text }: Bounds): readonly number[] => {
  const [, first = '', last, step] = /^(\*|\d+)(?:-(\d+))?(?:\/(\d+))?$/.exec(part) ?? [];
  if (first === '') throw new Error(`The local machine cannot read ${part} in the schedule ${text}.`);
  const from = first === '*' ? low : Number(first);
  const to = last !== undefined ? Number(last) : step !== undefined ? high : from;
  const every = step === undefined ? 1 : Number(step);
  if (from < low || to > high || every < 1) throw new Error(`${part} is out of range in the schedule ${text}.`);
  return Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, index) => from + index * every);
};

/** Whether a cron schedule fires in the minute (UTC) that begins at `date`. */
export const isDue = (fields: readonly (readonly number[] | 'every')[], date: Date): boolean => {
  const now = [
    date.getUTCMinutes(),
    date.getUTCHours(),
    date.getUTCDate(),
    date.getUTCMonth() + 1,
    date.getUTCDay() + 1,
  ];
  return fields.every((allowed, index) => allowed === 'every' || allowed.includes(now[index] ?? -1));
};
