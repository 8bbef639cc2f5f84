import * as v from 'valibot';
import { defineEvent } from '../define-event';
import { cacheType, EVERY_EVENT, name, reason, seconds, strategy, usd } from '../event-fields';

/** A model that a router chose. */
export const routingDecision = defineEvent('routing_decision', {
  ...EVERY_EVENT,
  strategy,
  model: name,
  reason,
  durationSeconds: v.optional(seconds),
});

/** A look into a cache. A miss is reported once per request as `all`, or once per tier that was asked. */
export const cacheLookup = defineEvent('cache_lookup', {
  ...EVERY_EVENT,
  result: v.picklist(['hit', 'miss'], 'must be one of hit, miss'),
  cacheType: v.optional(cacheType, 'all'),
  model: name,
  savingsUsd: v.optional(usd),
});

/** What hits would have cost, where it is reported apart from them. */
export const cacheSavings = defineEvent('cache_savings', {
  ...EVERY_EVENT,
  cacheType: v.optional(cacheType, 'all'),
  model: name,
  savingsUsd: usd,
});
