import { GatewayError, ProviderError, REFUSALS } from '../../errors';

/** X-Ray's three kinds of failure: the caller's (`error`), too much of it (`throttle`), and ours or a provider's (`fault`). */
export type ErrorFlags = { error?: true; throttle?: true; fault?: true };

const THROTTLED: ErrorFlags = { error: true, throttle: true };

/** DynamoDB answers these with 400. */
const THROTTLES = /^(Throttling|ProvisionedThroughputExceeded|RequestLimitExceeded|TooManyRequests)/;

/** How a failure is coloured in the service map. */
export const errorFlags = (error: unknown): ErrorFlags => {
  if (error instanceof GatewayError) return ofStatus(REFUSALS[error.code].status);
  if (error instanceof ProviderError && error.kind === 'throttled') return THROTTLED;
  if (error instanceof ProviderError && error.kind === 'rejected') return { error: true };
  return error instanceof Error && '$fault' in error ? ofService(error) : { fault: true };
};

/** What the SDK throws says whose fault it was. */
const ofService = (error: Error & { $fault: unknown }): ErrorFlags => {
  if (THROTTLES.test(error.name)) return THROTTLED;
  return error.$fault === 'client' ? { error: true } : { fault: true };
};

const ofStatus = (status: number): ErrorFlags => {
  if (status === 429) return THROTTLED;
  return status < 500 ? { error: true } : { fault: true };
};
