import type { Consumption } from './measure';
import { usdFor } from './prices';

const MILLION = 1_000_000;
/** X-Ray's default rule samples one request a second and 5 % of the rest. */
const TRACED_SHARE = 0.05;

/** USD for a million requests of one kind, without what the model costs. */
export type Cost = { api: number; lambda: number; dynamo: number; logs: number; total: number };

/**
 * A million requests as measured, on a REST API. `seconds` is how long the function runs for one: mostly the wait for the
 * model, which is assumed and not measured.
 */
export const costPerMillion = (consumption: Consumption, seconds: number, memoryMegabytes: number): Cost => {
  const { writeUnits, readUnits, logBytes, accessLogBytes, aggregation } = consumption;
  const gigabyteSeconds = (memoryMegabytes / 1024) * seconds;
  const api = usdFor('restApiRequest', MILLION);
  const lambda = usdFor('lambdaRequest', MILLION) + usdFor('lambdaGigabyteSecond', gigabyteSeconds * MILLION);
  const dynamo =
    usdFor('writeUnit', (writeUnits + aggregation.writeUnits) * MILLION) +
    usdFor('readUnit', (readUnits + aggregation.readUnits) * MILLION);
  const bytes = (logBytes + accessLogBytes) * MILLION;
  const logs = usdFor('logByte', bytes) + usdFor('protectedLogByte', bytes) + usdFor('trace', TRACED_SHARE * MILLION);
  return { api, lambda, dynamo, logs, total: api + lambda + dynamo + logs };
};
