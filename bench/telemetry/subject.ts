import * as v from 'valibot';
import { commonEnv } from '../../lambdas/core/common-env';
import { readEnv } from '../../lambdas/core/read-env';
import { createTelemetry } from '../../lambdas/core/telemetry/create-telemetry';
import { tellMiss } from './tell-miss';

/** Tells of as many requests as it is asked for, bundled as a function is and with a function's environment. */
const telemetry = createTelemetry({
  env: readEnv(v.object(commonEnv), process.env),
  name: 'gateway',
  processEnv: process.env,
});

process.on('message', async (message) => {
  if (typeof message !== 'number') return;
  for (let told = 0; told < message; told += 1) await tellMiss(telemetry);
  process.send?.('told');
});
