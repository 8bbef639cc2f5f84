import { createReadCounters } from '../../../lambdas/core/counters/read-counters';
import { toSeries } from '../../../lambdas/core/counters/series';
import { aRequestRecord } from '../../support/a-request-record';
import { aStreamEvent } from '../../support/a-stream-event';
import { capturedOutput } from '../../support/captured-output';
import { dynamoDbOfTests } from '../../support/dynamodb-local';
import { startFakeS3 } from '../../support/fake-s3';
import { COMMON_ENVIRONMENT, setEnvironment } from '../../support/function-environment';
import { createTable } from '../../support/tables';

const FOLDER = 'aws/lambda/5b3c/shardId-0001/2026/11/21';

describe('the reconciler function', () => {
  const { client, endpoint } = dynamoDbOfTests();

  it('empties its bucket into its table, over several pages of objects', async () => {
    const table = await createTable(client, ['pk', 'sk']);
    const kept = (requestId: string): [string, string] => [
      `${FOLDER}/${requestId}`,
      JSON.stringify({ payload: JSON.stringify(aStreamEvent([aRequestRecord({ requestId })])) }),
    ];
    const objects = new Map([...['a', 'b', 'c', 'd'].map(kept), [`${FOLDER}/zz`, 'unreadable']]);
    const s3 = await startFakeS3(objects);
    const restore = setEnvironment({
      ...COMMON_ENVIRONMENT,
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_ENDPOINT_URL_S3: s3.endpoint,
      COUNTERS_TABLE: table,
      MARKER_RETENTION_DAYS: '30',
      FAILURES_BUCKET: 'failures',
    });
    const { handler } = await import('../../../lambdas/reconciler/handler');

    const lines = await capturedOutput(() =>
      handler({}, { awsRequestId: 'aws-1', getRemainingTimeInMillis: () => 200_000 }),
    );

    const [requests] = toSeries(await createReadCounters({ client, table })()).get('gateway_requests_total') ?? [];
    expect(requests).toMatchObject({ value: 4n });
    expect([...objects.keys()]).toEqual([`${FOLDER}/zz`]);
    const logged = lines.map((line) => JSON.parse(line));
    expect(logged.filter(({ event }) => event === 'failure_kept')).toMatchObject([{ object: `${FOLDER}/zz` }]);
    restore();
    await s3.stop();
  });
});
