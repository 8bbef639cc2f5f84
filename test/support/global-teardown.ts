import { STOP_SHARED } from './global-setup';

/** Ends what the setup started. */
export default async (): Promise<void> => {
  const stop: unknown = Reflect.get(globalThis, STOP_SHARED);
  if (typeof stop === 'function') await stop();
};
