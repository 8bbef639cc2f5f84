import * as v from 'valibot';
import { cacheLookup, cacheSavings, routingDecision } from './events/decisions';
import { gatewayRequest, httpRequest, providerCall, requestError } from './events/requests';
import { healthCheck, increase, memoryBudget, reading } from './events/states';
import {
  driftCheck,
  inference,
  mcpOperation,
  memoryOperation,
  queueWait,
  task,
  trainingRun,
  vectorSearch,
} from './events/work';

const GIVEN = [
  httpRequest.given,
  gatewayRequest.given,
  providerCall.given,
  requestError.given,
  routingDecision.given,
  cacheLookup.given,
  cacheSavings.given,
  inference.given,
  mcpOperation.given,
  memoryOperation.given,
  queueWait.given,
  task.given,
  driftCheck.given,
  trainingRun.given,
  vectorSearch.given,
  healthCheck.given,
  memoryBudget.given,
  reading.given,
  increase.given,
] as const;

/** Every type of event, in the words of its `type` field. */
export const EVENT_TYPES = GIVEN.map(({ entries }) => entries.type.literal);

/** One thing that a service around the gateway reports. Durations in seconds, money in US dollars. */
export const givenEvent = v.variant('type', GIVEN, ({ expected }) =>
  expected === 'Object' ? 'must be an object' : `must be one of ${EVENT_TYPES.join(', ')}`,
);

/** The same as a record keeps it. */
export const storedEvent = v.variant('type', [
  httpRequest.stored,
  gatewayRequest.stored,
  providerCall.stored,
  requestError.stored,
  routingDecision.stored,
  cacheLookup.stored,
  cacheSavings.stored,
  inference.stored,
  mcpOperation.stored,
  memoryOperation.stored,
  queueWait.stored,
  task.stored,
  driftCheck.stored,
  trainingRun.stored,
  vectorSearch.stored,
  healthCheck.stored,
  memoryBudget.stored,
  reading.stored,
  increase.stored,
]);

export type PlatformEvent = v.InferOutput<typeof storedEvent>;
/** An event as a service writes it: what has a default may be left out. */
export type GivenEvent = v.InferInput<typeof givenEvent>;
export type EventType = PlatformEvent['type'];
export type EventOf<Type extends EventType> = Extract<PlatformEvent, { type: Type }>;
