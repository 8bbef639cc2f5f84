import { OUTCOMES } from '../ledger/record';
import { MODELS } from '../models/catalogue';
import { ERROR_TYPES } from './error-types';
import { REGIONS } from './regions';

/** The service whose HTTP requests are counted. */
export const SERVICE = 'gateway';

/** Of every answer that the functions give, refusals included. */
const HTTP_STATUSES = [
  '200',
  '202',
  '304',
  '400',
  '401',
  '402',
  '403',
  '404',
  '405',
  '409',
  '413',
  '415',
  '429',
  '500',
  '502',
  '503',
  '504',
] as const;

const PROVIDERS = [...new Set(MODELS.map(({ provider }) => provider)), 'none'];

/**
 * Every label with a closed set of values. Whatever else arrives, from a client or from an old record, becomes `other`,
 * so that nothing a client sends can make a series.
 */
export const LABEL_VALUES = {
  provider: PROVIDERS,
  from_provider: PROVIDERS,
  to_provider: PROVIDERS,
  model: MODELS.map(({ id }) => id),
  region: [...REGIONS, 'none'],
  endpoint: [
    '/v1/chat/completions',
    '/v1/models',
    '/v1/models/{id}',
    '/v1/requests/{id}',
    '/v1/telemetry',
    '/health',
    '/metrics',
    '/metrics/stats',
  ],
  method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
  service: [SERVICE, 'router', 'mcp', 'inference', 'memory', 'learning', 'drift', 'worker'],
  /** Words on gateway metrics, three digits on HTTP metrics; `ok` and `warning` of drift checks, `failure` of tasks. */
  status: [...OUTCOMES, 'timeout', 'ok', 'warning', 'critical', 'failure', ...HTTP_STATUSES],
  error_type: ERROR_TYPES,
  attempt: ['1', '2', '3+'],
  type: ['input', 'output', 'cache_read', 'cache_write', 'cached'],
  cache_type: ['exact', 'semantic', 'all'],
  strategy: ['auto', 'cost', 'latency', 'availability', 'requested'],
  /** Of a routing decision, or of a remote write that was not taken. */
  reason: [
    'requested',
    'cheapest',
    'fastest',
    'healthy_only',
    'fallback',
    'default',
    'rejected',
    'denied',
    'throttled',
    'unavailable',
    'unreachable',
  ],
  period: ['hour', 'day', 'month'],
  stat: ['max', 'p95'],
  pool: ['bedrock', 'store'],
} as const satisfies Record<string, readonly string[]>;

/** Labels that have no values but those that a deployment names in its settings; others become `other`. */
export const OPEN_LABELS = [
  'server',
  'operation',
  'queue',
  'task_type',
  'gpu_id',
  'instance',
  'function',
  'name',
  'datname',
  'exporter',
  'receiver',
  'store',
  'mode',
  'device',
] as const;

/** Labels without a closed set: those, and of the guard's own metric a metric and a label of this catalogue. */
export const CONFIGURED_LABELS = [...OPEN_LABELS, 'metric', 'label'] as const;

export type ClosedLabel = keyof typeof LABEL_VALUES;
export type ConfiguredLabel = (typeof CONFIGURED_LABELS)[number];
export type LabelName = ClosedLabel | ConfiguredLabel;

export const OTHER = 'other';

declare const guarded: unique symbol;

/** A value that a guard has passed: plain text is none. */
export type Guarded<L extends LabelName> = string & { readonly [guarded]: L };

/** What a label may be set to: a word of its closed set, or text that a guard has passed. */
export type LabelValue<L extends LabelName> = L extends ClosedLabel
  ? Literals<(typeof LABEL_VALUES)[L][number]> | typeof OTHER | Guarded<L>
  : Guarded<L>;

/** `never` for sets that are computed, of which the compiler knows no more than that they are texts. */
type Literals<Value> = string extends Value ? never : Value;

const KNOWN = new Map<string, ReadonlySet<string>>(
  Object.entries(LABEL_VALUES).map(([label, values]) => [label, new Set<string>([...values, OTHER])]),
);

const SHAPE = /^[\w.:/ -]{1,64}$/;

/**
 * Whether `label` may have this value. A configured label may have any value of a harmless shape: which ones there are
 * is decided where they come in.
 */
export const isLabelValue = <L extends LabelName>(label: L, value: string): value is LabelValue<L> & string =>
  KNOWN.get(label)?.has(value) ?? SHAPE.test(value);

/** `value` if the label may have it, else `other`. */
export const toLabelValue = <L extends LabelName>(label: L, value: string): LabelValue<L> => {
  if (isLabelValue(label, value)) return value;
  if (isLabelValue(label, OTHER)) return OTHER;
  throw new Error(`The label "${label}" does not take "${OTHER}".`);
};

const CLOSED = new Map<string, readonly string[]>(Object.entries(LABEL_VALUES));

/** The values of a closed label, `other` left out; undefined for a configured one. */
export const closedValuesOf = (label: LabelName): readonly string[] | undefined => CLOSED.get(label);
