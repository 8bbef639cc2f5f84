import * as v from 'valibot';
import type { KeyScope } from '../lambdas/core/keys/account';
import type { FunctionResult } from './aws/lambda/create-lambda';

/** The compiler keeps this complete. */
const SCOPES: Readonly<Record<KeyScope, true>> = { chat: true, metrics: true, telemetry: true, debug: true };

const ACCOUNT = 'local';

const answer = v.union([v.object({ key: v.string() }), v.object({ error: v.object({ message: v.string() }) })]);

/** The management function would not make the key. */
export class LocalKeyRefused extends Error {
  override readonly name = 'LocalKeyRefused';
}

/**
 * Makes the key of the local machine, as an operator would: every scope, no limits, the exact cache on. Resolves with it.
 * A `given` key is taken as it is. Rejects with `LocalKeyRefused`.
 */
export const createLocalKey = async (
  invokeManagement: (payload: Buffer) => Promise<FunctionResult>,
  given: string | undefined,
): Promise<string> => {
  const request = {
    action: 'keys.create',
    account: ACCOUNT,
    name: 'the local machine',
    scopes: Object.keys(SCOPES),
    cache: true,
    ...(given === undefined ? {} : { key: given }),
  };
  const { payload, functionError } = await invokeManagement(Buffer.from(JSON.stringify(request)));
  const text = payload.toString('utf8');
  if (functionError !== undefined) throw new LocalKeyRefused(`The management function failed: ${text}`);
  const read = v.parse(answer, JSON.parse(text));
  if ('error' in read)
    throw new LocalKeyRefused(`The key of FLUXGATE_LOCAL_KEY or of the kept data is refused: ${read.error.message}`);
  return read.key;
};
