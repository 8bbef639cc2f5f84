import { createInFlightItems } from '../../../lambdas/core/ledger/in-flight';
import { createRecords } from '../../../lambdas/core/ledger/records';
import { aRequestRecord } from '../../support/a-request-record';
import { capturedOutput } from '../../support/captured-output';
import { dynamoDbOfTests } from '../../support/dynamodb-local';
import { COMMON_ENVIRONMENT, setEnvironment } from '../../support/function-environment';
import { createTable } from '../../support/tables';

describe('the sweeper function', () => {
  const { client, endpoint } = dynamoDbOfTests();

  it('abandons what is past its lease, tells it in one log event and one EMF document, and leaves the rest alone', async () => {
    const [ledger, limits] = await Promise.all([createTable(client, ['pk', 'sk']), createTable(client, ['pk'])]);
    const inFlight = createInFlightItems({ client, table: ledger });
    const open = (requestId: string, leaseEndsAt: number) =>
      inFlight.open({
        requestId,
        leaseEndsAt,
        draft: aRequestRecord({ requestId, outcome: 'abandoned', attempts: [], costNanoUsd: 0 }),
        scopes: [],
        hold: { id: requestId, nanoUsd: 1_000 },
        earlier: [],
      });
    await open('dead', Date.now() - 1);
    await open('alive', Date.now() + 600_000);
    const restore = setEnvironment({
      ...COMMON_ENVIRONMENT,
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      LEDGER_TABLE: ledger,
      LIMITS_TABLE: limits,
      LEDGER_RETENTION_DAYS: '400',
    });
    const { handler } = await import('../../../lambdas/sweeper/handler');

    const lines = await capturedOutput(async () => {
      expect(await handler()).toEqual({ released: 0, abandoned: 1 });
    });

    const records = createRecords({ client, table: ledger, retentionDays: 400 });
    expect(await records.get('dead')).toMatchObject({ outcome: 'abandoned', costNanoUsd: 1_000 });
    expect(await records.get('alive')).toBeUndefined();
    const written = lines.map((line) => JSON.parse(line));
    expect(written.filter(({ event }) => event === 'request_abandoned')).toHaveLength(1);
    expect(written.filter(({ _aws }) => _aws !== undefined)).toHaveLength(1);
    restore();
  });
});
