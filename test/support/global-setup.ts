import { SHARED_ENDPOINT, startOwnDynamoDbLocal } from './dynamodb-local';

/** Where the teardown, loaded on its own, finds what the setup started. */
export const STOP_SHARED = Symbol.for('fluxgate.test.stop');

/** Starts what all test files share: a Java process per file would take longer than most of the tests. */
export default async (): Promise<void> => {
  const dynamo = await startOwnDynamoDbLocal();
  process.env[SHARED_ENDPOINT] = dynamo.endpoint;
  // The SDK's versions are pinned to ones that support every Node that Fluxgate does.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  Reflect.set(globalThis, STOP_SHARED, dynamo.stop);
};
