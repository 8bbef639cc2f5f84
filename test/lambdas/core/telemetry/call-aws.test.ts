import { createServer } from 'node:http';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { awsClientConfig } from '../../../../lambdas/core/aws-client';
import { callAws } from '../../../../lambdas/core/telemetry/call-aws';
import { createStep, NO_SPAN, type Step, toSpan } from '../../../../lambdas/core/telemetry/step';

const ENV = { AWS_ACCESS_KEY_ID: 'ROLE', AWS_SECRET_ACCESS_KEY: 'secret' };
const CALL = { service: 'DynamoDB', operation: 'ListTables' };

/** A DynamoDB that answers with `status`, and the trace headers that it saw. */
const aStore = async (status: number) => {
  const headers: unknown[] = [];
  const server = createServer((request, response) => {
    headers.push(request.headers['x-amzn-trace-id']);
    response
      .writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'aws-1' })
      .end(status === 200 ? '{"TableNames":[]}' : '{"__type":"InternalServerError","message":"It failed."}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const client = new DynamoDBClient({
    ...awsClientConfig({ env: ENV, maxAttempts: 1, requestTimeoutMs: 5_000 }),
    endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`,
    region: 'us-east-1',
  });
  const stop = () => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  };
  return { client, headers, stop };
};

const aRoot = () => {
  const step: Step = createStep('chat_completion', 0);
  return { step, span: toSpan(step, { now: () => 1, toHeader: (id) => `Root=r;Parent=${id};Sampled=1` }) };
};

describe('a call of AWS', () => {
  it('is a step, and says so to what is called', async () => {
    const { client, headers, stop } = await aStore(200);
    const { step, span } = aRoot();

    await callAws(span, CALL, (options) => client.send(new ListTablesCommand({}), options));
    stop();

    const [call] = step.steps;
    expect(call).toMatchObject({
      name: 'DynamoDB.ListTables',
      call: CALL,
      answer: { httpStatusCode: 200, requestId: 'aws-1' },
      endedAt: 1,
    });
    expect(headers).toEqual([`Root=r;Parent=${call?.id};Sampled=1`]);
  });

  it('that fails is a failed step, and fails as before', async () => {
    const { client, stop } = await aStore(500);
    const { step, span } = aRoot();

    const failed = callAws(span, CALL, (options) => client.send(new ListTablesCommand({}), options));

    await expect(failed).rejects.toMatchObject({ name: 'InternalServerError' });
    stop();
    expect(step.steps).toMatchObject([{ answer: { httpStatusCode: 500 }, errors: [{ name: 'InternalServerError' }] }]);
  });

  it('is only made when nothing is recorded', async () => {
    const { client, headers, stop } = await aStore(200);

    await callAws(NO_SPAN, CALL, (options) => client.send(new ListTablesCommand({}), options));
    await callAws(undefined, CALL, (options) => client.send(new ListTablesCommand({}), options));
    stop();

    expect(headers).toEqual([undefined, undefined]);
  });
});
