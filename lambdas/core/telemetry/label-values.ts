import { REFUSALS } from '../errors';
import { OUTCOMES } from '../ledger/record';
import { MODELS } from '../models/catalogue';
import { ERROR_TYPES } from './error-types';
import { REGIONS } from './regions';

/** The service whose HTTP requests are counted. */
export const SERVICE = 'gateway';

const HTTP_STATUSES = [...new Set([200, ...Object.values(REFUSALS).map(({ status }) => status)])].map(String);

const PROVIDERS = [...new Set(MODELS.map(({ provider }) => provider)), 'none'];

/**
 * Every label and the values it may have. Whatever else arrives, from a client or from an old record, becomes `other`,
 * so that nothing a client sends can make a series.
 */
export const LABEL_VALUES = {
  provider: PROVIDERS,
  from_provider: PROVIDERS,
  to_provider: PROVIDERS,
  model: MODELS.map(({ id }) => id),
  region: [...REGIONS, 'none'],
  endpoint: ['/v1/chat/completions', '/v1/models', '/v1/models/{id}', '/v1/requests/{id}', '/health', '/metrics'],
  method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
  service: [SERVICE],
  /** Words on gateway metrics, three digits on HTTP metrics. */
  status: [...OUTCOMES, ...HTTP_STATUSES],
  error_type: ERROR_TYPES,
  attempt: ['1', '2', '3+'],
  type: ['input', 'output', 'cache_read', 'cache_write', 'cached'],
  cache_type: ['exact', 'semantic', 'all'],
  strategy: ['auto', 'cost', 'latency', 'availability', 'requested'],
  reason: ['requested', 'cheapest', 'fastest', 'healthy_only', 'fallback', 'default'],
} as const satisfies Record<string, readonly string[]>;

export type LabelName = keyof typeof LABEL_VALUES;

export const OTHER = 'other';

const KNOWN = new Map<string, ReadonlySet<string>>(
  Object.entries(LABEL_VALUES).map(([label, values]) => [label, new Set<string>(values)]),
);

/** `value` if the label may have it, else `other`. */
export const toLabelValue = (label: string, value: string): string => (KNOWN.get(label)?.has(value) ? value : OTHER);
