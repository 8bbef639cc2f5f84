import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { NO_REQUEST } from './telemetry/invocation-context';
import type { Log } from './telemetry/ports';

/** Calls in a row that may fail, each after its retries, before the store counts as lost. */
const MOST_FAILURES = 3;

/** The store did not answer, or answered that it cannot. A condition that fails, a throttle or a refusal is an answer. */
const isLost = (error: unknown): boolean => {
  if (typeof error !== 'object' || error === null || Reflect.get(error, 'name') === 'AbortError') return false;
  const metadata: unknown = Reflect.get(error, '$metadata');
  const status: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : undefined;
  return typeof status !== 'number' || status >= 500;
};

/** Says at CRITICAL, once an outage, that this environment has lost its store, and when it is back. Returns the client. */
export const watchStore = (client: DynamoDBClient, log: Log): DynamoDBClient => {
  let failures = 0;

  const succeed = (): void => {
    if (failures >= MOST_FAILURES) log.event('store_connection_restored', NO_REQUEST, { store: 'dynamodb', failures });
    failures = 0;
  };

  const fail = (error: unknown): void => {
    failures += 1;
    if (failures === MOST_FAILURES)
      log.event('store_connection_lost', NO_REQUEST, { store: 'dynamodb', failures }, error);
  };

  client.middlewareStack.add(
    (next) => async (call) => {
      try {
        const answer = await next(call);
        succeed();
        return answer;
      } catch (error) {
        if (isLost(error)) fail(error);
        else succeed();
        throw error;
      }
    },
    { step: 'initialize', name: 'storeWatch' },
  );
  return client;
};
