import { createPublishOperational } from '../../../../lambdas/core/telemetry/operational';
import { capturedOutput } from '../../../support/captured-output';
import { emfFaults } from '../../../support/emf-faults';
import { createFakeLog } from '../../../support/fake-log';

const anOperational = (log = createFakeLog()) =>
  createPublishOperational({
    env: { POWERTOOLS_METRICS_NAMESPACE: 'Fluxgate/test', POWERTOOLS_SERVICE_NAME: 'fluxgate' },
    functionName: 'aggregator',
    log,
  });

describe('operational metrics', () => {
  const before = process.env.AWS_LAMBDA_INITIALIZATION_TYPE;
  beforeAll(() => {
    process.env.AWS_LAMBDA_INITIALIZATION_TYPE = 'on-demand';
  });
  afterAll(() => {
    if (before === undefined) delete process.env.AWS_LAMBDA_INITIALIZATION_TYPE;
    else process.env.AWS_LAMBDA_INITIALIZATION_TYPE = before;
  });

  it('publish the values of an invocation, and the cold start with the first', async () => {
    const publish = anOperational();

    const lines = await capturedOutput(async () => {
      await publish({ stream_records: 7, stream_lag_ms: 1500 });
      await publish({ stream_records: 3 });
    });

    const documents = lines.map((line) => JSON.parse(line));
    expect(lines.flatMap((line) => emfFaults(line, Date.now()))).toEqual([]);
    expect(documents).toHaveLength(3);
    expect(documents[0]).toMatchObject({ ColdStart: 1, function_name: 'aggregator' });
    expect(documents[1]).toMatchObject({
      stream_records: 7,
      stream_lag_ms: 1500,
      function_name: 'aggregator',
      service: 'fluxgate',
    });
    expect(documents[2]).toMatchObject({ stream_records: 3 });
    expect(documents[2]).not.toHaveProperty('stream_lag_ms');
  });

  it('log a failure instead of throwing', async () => {
    const log = createFakeLog();

    await capturedOutput(() => anOperational(log)({ stream_records: Number.NaN }));

    expect(log.events).toMatchObject([{ name: 'telemetry_failure', fields: { signal: 'operational' } }]);
  });
});
