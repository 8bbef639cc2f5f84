import { createReadCounters } from '../../../lambdas/core/counters/read-counters';
import { toSeries } from '../../../lambdas/core/counters/series';
import { aCorrection, anAbandonedRecord, aRequestRecord } from '../../support/a-request-record';
import { aStreamEvent } from '../../support/a-stream-event';
import { capturedOutput } from '../../support/captured-output';
import { dynamoDbOfTests } from '../../support/dynamodb-local';
import { COMMON_ENVIRONMENT, setEnvironment } from '../../support/function-environment';
import { createTable } from '../../support/tables';

describe('the aggregator function', () => {
  const { client, endpoint } = dynamoDbOfTests();

  it('counts what the stream brings in the table that its environment names', async () => {
    const table = await createTable(client, ['pk', 'sk']);
    const restore = setEnvironment({
      ...COMMON_ENVIRONMENT,
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      COUNTERS_TABLE: table,
      MARKER_RETENTION_DAYS: '30',
    });
    const { handler } = await import('../../../lambdas/aggregator/handler');
    const abandoned = anAbandonedRecord({ requestId: 'abandoned' });
    const event = aStreamEvent([aRequestRecord(), abandoned, aCorrection(abandoned)]);

    const lines = await capturedOutput(async () => {
      await handler(event, { awsRequestId: 'aws-1' });
      await handler(event, { awsRequestId: 'aws-2' });
    });

    const series = toSeries(await createReadCounters({ client, table })());
    const total = (name: string) =>
      (series.get(name) ?? []).reduce((sum, one) => sum + (one.kind === 'value' ? one.value : 0n), 0n);
    expect(total('gateway_cost_usd_total') - total('gateway_corrected_usd_total')).toBe(3_000_000n);
    expect(total('gateway_requests_total') - total('gateway_corrected_requests_total')).toBe(2n);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ stream_records: 3 }, { stream_records: 3 }]);
    restore();
  });
});
