import type { Observation } from '../telemetry/metrics';
import type { EventOf, EventType, PlatformEvent } from './event';
import { ofCacheLookup, ofCacheSavings, ofRoutingDecision } from './observe/of-decisions';
import { ofGatewayRequest } from './observe/of-gateway-request';
import { ofIncrease } from './observe/of-increase';
import { ofHttpRequest, ofProviderCall, ofRequestError } from './observe/of-requests';
import {
  ofDriftCheck,
  ofHealthCheck,
  ofInference,
  ofMcpOperation,
  ofMemoryOperation,
  ofQueueWait,
  ofTask,
  ofTrainingRun,
  ofVectorSearch,
} from './observe/of-work';

type Observers = {
  [Type in EventType]: (event: EventOf<Type>, by: string) => Observation[];
};

const OBSERVERS: Observers = {
  http_request: ofHttpRequest,
  gateway_request: ofGatewayRequest,
  provider_call: ofProviderCall,
  request_error: ofRequestError,
  routing_decision: ofRoutingDecision,
  cache_lookup: ofCacheLookup,
  cache_savings: ofCacheSavings,
  inference: ofInference,
  mcp_operation: ofMcpOperation,
  memory_operation: ofMemoryOperation,
  queue_wait: ofQueueWait,
  task: ofTask,
  drift_check: ofDriftCheck,
  training_run: ofTrainingRun,
  vector_search: ofVectorSearch,
  health_check: ofHealthCheck,
  memory_budget: () => [],
  reading: () => [],
  increase: ofIncrease,
};

const observeAs = <Type extends EventType>(type: Type, event: EventOf<Type>, by: string): Observation[] =>
  OBSERVERS[type](event, by);

/** What one event adds to the metrics; `by` is the service that reports it. */
export const observeEvent = (event: PlatformEvent, by: string): Observation[] => observeAs(event.type, event, by);
