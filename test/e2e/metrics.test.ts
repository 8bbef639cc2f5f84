import { describeAgreement } from './metrics/agreement';
import { describeEmbeddedMetrics } from './metrics/embedded-metrics';
import { describeExposition } from './metrics/exposition';
import { describeLogs } from './metrics/logs';
import { observeLoad } from './metrics/observed';
import { describeReports } from './metrics/reports';
import { describeStats } from './metrics/stats';
import { describeTraces } from './metrics/traces';
import { bootGateway } from './support/gateway-under-test';

describe('after requests of every kind', () => {
  const gateway = bootGateway();
  const observed = observeLoad(gateway);

  describeAgreement(observed);
  describeExposition(gateway, observed);
  describeStats(gateway, observed);
  describeLogs(gateway, observed);
  describeEmbeddedMetrics(gateway, observed);
  describeTraces(gateway, observed);
  describeReports(gateway, observed);
});
