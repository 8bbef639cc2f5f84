import { METRICS_BY_NAME } from '../telemetry/metrics';

/** What a figure of a business may be: a name, what it is in, and labels with the values that they may have. */
export type KpiDefinition = {
  /** In snake case; it ends in its unit, and in `_total` when it only counts up. */
  name: string;
  unit: keyof typeof UNITS;
  help: string;
  labels?: Readonly<Record<string, readonly string[]>>;
};

/** Units, the ends of names that say so, and what CloudWatch calls them. */
export const UNITS = {
  count: { endings: ['_total', '_count'], cloudWatch: 'Count' },
  seconds: { endings: ['_seconds'], cloudWatch: 'Seconds' },
  bytes: { endings: ['_bytes'], cloudWatch: 'Bytes' },
  usd: { endings: ['_usd', '_usd_total'], cloudWatch: 'None' },
  ratio: { endings: ['_ratio'], cloudWatch: 'None' },
  percent: { endings: ['_percent'], cloudWatch: 'Percent' },
} as const;

/** Labels that would make a series of every person, tenant or request. */
const UNBOUNDED = /(^|_)(user|account|tenant|customer|session|request|trace|correlation|key|ip|email|host|client)(_|$)/;
const SNAKE_CASE = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
const MOST_LABELS = 4;
const MOST_SERIES = 100;

/** Every rule that a definition breaks, in words; none when it may be used. */
export const faultsOfKpi = ({ name, unit, help, labels = {} }: KpiDefinition): string[] => {
  const { endings } = UNITS[unit];
  const series = Object.values(labels).reduce((product, values) => product * values.length, 1);
  const rules: [broken: boolean, fault: string][] = [
    [!SNAKE_CASE.test(name) || name.length > 100, `the name "${name}" must be in snake case, at most 100 characters`],
    [METRICS_BY_NAME.has(name), `the name "${name}" is taken: the catalogue has a metric of that name`],
    [!endings.some((ending) => name.endsWith(ending)), `the name "${name}" must end in ${endings.join(' or ')}`],
    [help.trim() === '', 'a help text must say what the figure is'],
    [Object.keys(labels).length > MOST_LABELS, `at most ${MOST_LABELS} labels may be given`],
    [series < 1 || series > MOST_SERIES, `the labels' values make ${series} series; there may be 1 to ${MOST_SERIES}`],
  ];
  return [
    ...rules.flatMap(([broken, fault]) => (broken ? [fault] : [])),
    ...Object.keys(labels).flatMap(faultsOfLabel),
  ];
};

const faultsOfLabel = (label: string): string[] => [
  ...(SNAKE_CASE.test(label) ? [] : [`the label "${label}" must be in snake case`]),
  ...(UNBOUNDED.test(label)
    ? [`the label "${label}" has no closed set of values: put it into a record or a log line`]
    : []),
  ...(label === 'service' ? ['the label "service" is set by itself'] : []),
];
