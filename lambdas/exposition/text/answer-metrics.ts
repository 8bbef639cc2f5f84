import { GatewayError } from '../../core/errors';
import type { MakePage } from '../answer-request';
import type { Remembered } from '../create-remembered';
import { chooseFormat } from './choose-format';
import { metricsPage, type Snapshot } from './metrics-page';
import { readMetricsQuery } from './read-metrics-query';

/** GET /metrics: every series, for keys that have the scope for it. */
export const createAnswerMetrics =
  (readSnapshot: Remembered<Snapshot>): MakePage =>
  async ({ caller, headers, parameters, fresh }) => {
    if (!caller.key.scopes.includes('metrics')) {
      throw new GatewayError('missing_scope', 'This key may not read metrics. Create one with the scope "metrics".');
    }
    const query = readMetricsQuery(parameters);
    return metricsPage(await readSnapshot(fresh), query, chooseFormat(headers.accept));
  };
