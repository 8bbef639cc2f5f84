import { createAssemblyWithEnvironment } from '../../support/assembly-with-environment';

/**
 * The assembly of the project as a deployment with `providerTimeoutSeconds` of `seconds` would have it.
 * `remove` deletes the copy.
 */
export const createAssemblyWithTimeout = (seconds: number) =>
  createAssemblyWithEnvironment({ PROVIDER_TIMEOUT_SECONDS: String(seconds) });
