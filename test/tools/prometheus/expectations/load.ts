import type { LOAD_QUERIES } from '../../../../dashboards/metric-queries/load';
import { having, line, minus } from '../answer';
import { DAY, type Expectation, type Known, MINUTES_5 } from '../expectation';
import type { ExpectationsOf } from './expectations-of';

const underWay: Expectation = (known) => line(known.underWay);

/** The highest share that any request found used, by endpoint. */
const limitUsed = ({ records }: Known) => {
  const shares = new Map<string, number>();
  for (const { endpoint, limitUsed: used } of records) {
    if (used !== undefined) shares.set(endpoint, Math.max(used, shares.get(endpoint) ?? 0));
  }
  return [...shares].flatMap(([endpoint, share]) => line(share, { endpoint }));
};

/** What the services report, and more than a queue should hold. */
const waiting: Expectation = () => line(1_230);

/** By how much there were more under way than a minute ago. */
const risen: Expectation = ({ truth }) => {
  const active = 'gateway_active_requests';
  return having(minus(truth.now(active), truth.before(60).now(active)), (more) => more > 100);
};

export const LOAD_EXPECTATIONS: ExpectationsOf<typeof LOAD_QUERIES> = {
  'active-requests': {
    ours: underWay,
    asked: {
      FluxAI: underWay,
      'Model Gateway': (known) => line(known.underWay, { provider: 'bedrock' }),
      ChoreoAI: underWay,
      'Proxy Agent Platform': underWay,
    },
  },
  'connection-spike': { ours: risen },
  'unique-sessions': {
    ours: ({ records }) =>
      line(
        new Set(
          records
            .filter(({ sessionNamed }) => sessionNamed)
            .map(({ accountId, sessionId }) => `${accountId} ${sessionId}`),
        ).size,
      ),
  },
  'queue-depth': { ours: waiting, asked: { FluxAI: waiting, ChoreoAI: waiting } },
  'queue-saturation': { ours: waiting, asked: { FluxAI: waiting } },
  'rate-limit-hits': { ours: ({ truth }) => truth.rate('gateway_rate_limit_hits_total', MINUTES_5) },
  'rate-limit-hits-of-an-endpoint': {
    ours: ({ truth }) =>
      truth.increase('gateway_rate_limit_hits_total', DAY, { where: { endpoint: ['/v1/chat/completions'] } }),
  },
  'rate-limit-approaching': { ours: (known) => having(limitUsed(known), (share) => share > 0.8) },
};
