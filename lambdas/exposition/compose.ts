import type { ReadAllSeries } from '../core/counters/read-all-series';
import type { ReadTotals } from '../core/counters/read-totals';
import { GatewayError } from '../core/errors';
import type { Authenticate } from '../core/keys/authenticate';
import type { KeysTable } from '../core/keys/keys-table';
import type { ReadScopeState } from '../core/ledger/read-scope-state';
import type { Log } from '../core/telemetry/ports';
import { createAnswerRequest } from './answer-request';
import { createRemembered } from './create-remembered';
import { createAnswerStats } from './stats/answer-stats';
import { createAnswerMetrics } from './text/answer-metrics';
import { createSnapshot } from './text/metrics-page';

export type ComposeExpositionDeps = {
  authenticate: Authenticate;
  readAllSeries: ReadAllSeries;
  readTotals: ReadTotals;
  readScopeState: ReadScopeState;
  findAccount: KeysTable['findAccount'];
  /** How old numbers may be. 0 reads them for every request. */
  cacheSeconds: number;
  log: Log;
  newId: () => string;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** The routes that show numbers, over their stores. */
export const composeExposition = (deps: ComposeExpositionDeps) => {
  const { cacheSeconds, now } = deps;
  const keepMs = cacheSeconds * 1_000;
  const readAllSeries = orUnavailable(deps.readAllSeries);
  const readSnapshot = createRemembered(async () => createSnapshot(await readAllSeries()), { keepMs, now });
  return createAnswerRequest({
    authenticate: deps.authenticate,
    routes: {
      '/metrics': createAnswerMetrics(readSnapshot),
      '/metrics/stats': createAnswerStats({
        readSnapshot,
        readTotals: orUnavailable(deps.readTotals),
        readScopeState: orUnavailable(deps.readScopeState),
        findAccount: orUnavailable(deps.findAccount),
        keepMs,
        now,
      }),
    },
    cacheSeconds,
    log: deps.log,
    newId: deps.newId,
  });
};

const orUnavailable =
  <Arguments extends unknown[], Read>(read: (...args: Arguments) => Promise<Read>) =>
  (...args: Arguments): Promise<Read> =>
    read(...args).catch((cause: unknown) => {
      throw new GatewayError('store_unavailable', 'The counters cannot be read at the moment. Try again shortly.', {
        retryAfterSeconds: 1,
        cause,
      });
    });
