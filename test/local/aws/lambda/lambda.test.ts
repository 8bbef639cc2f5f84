import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { FunctionNotFound } from '../../../../local/aws/lambda/function-not-found';
import type { AwsProxy, FunctionResult } from '../../../../local/aws/proxy';
import { ACCOUNT, aFunction, clientOf, OPERATOR, refusalOf, startTestProxy } from '../start-test-proxy';

const ARN = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:management`;

let proxy: AwsProxy;
let client: LambdaClient;
let invoked: { name: string; payload: string }[];
let background: unknown[];

const FUNCTIONS: Record<string, (payload: Buffer) => FunctionResult> = {
  management: (payload) => ({ payload: Buffer.from(`{"got":${payload.toString() || 'null'}}`) }),
  broken: () => ({ payload: Buffer.from('{"errorMessage":"no"}'), functionError: 'Unhandled' }),
  'crashing-runner': () => {
    throw new Error('the runner crashed');
  },
};

beforeEach(async () => {
  invoked = [];
  background = [];
  proxy = await startTestProxy({
    principals: [OPERATOR, aFunction('scheduler', { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: ARN })],
    invokeFunction: async (name, payload) => {
      invoked.push({ name, payload: payload.toString() });
      const run = FUNCTIONS[name];
      if (run === undefined) throw new FunctionNotFound(name);
      return run(payload);
    },
    onError: (error) => background.push(error),
  });
  client = new LambdaClient(clientOf(proxy));
});
afterEach(async () => {
  client.destroy();
  await proxy.close();
});

const textOf = (payload: Uint8Array | undefined) => Buffer.from(payload ?? []).toString();

describe('Lambda behind the proxy', () => {
  it.each(['management', ARN, `${ARN}:$LATEST`, `${ACCOUNT}:function:management`])(
    'invokes %s',
    async (FunctionName) => {
      const { Payload, StatusCode, FunctionError } = await client.send(
        new InvokeCommand({ FunctionName, Payload: '{"a":1}' }),
      );

      expect({ StatusCode, FunctionError, text: textOf(Payload) }).toEqual({
        StatusCode: 200,
        text: '{"got":{"a":1}}',
      });
      expect(invoked).toEqual([{ name: 'management', payload: '{"a":1}' }]);
    },
  );

  it('says that the function itself failed', async () => {
    const { Payload, StatusCode, FunctionError } = await client.send(new InvokeCommand({ FunctionName: 'broken' }));

    expect({ StatusCode, FunctionError, text: textOf(Payload) }).toEqual({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      text: '{"errorMessage":"no"}',
    });
  });

  it('does not wait for an event, and reports what goes wrong behind it', async () => {
    const event = (FunctionName: string) =>
      client.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: '1' }));

    const answers = [await event('management'), await event('crashing-runner')];

    expect(answers.map(({ StatusCode }) => StatusCode)).toEqual([202, 202]);
    expect(background).toEqual([new Error('the runner crashed')]);
  });

  it('does not find a function that is not there', async () => {
    expect(await refusalOf(client.send(new InvokeCommand({ FunctionName: 'nobody' })))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringContaining('function:nobody'),
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('refuses an event that is too large', async () => {
    const tooLarge = new InvokeCommand({ FunctionName: 'management', Payload: 'x'.repeat(6 * 1024 * 1024 + 1) });

    expect(await refusalOf(client.send(tooLarge))).toMatchObject({ name: 'RequestTooLargeException' });
    expect(invoked).toEqual([]);
  });

  it('denies what the role does not allow', async () => {
    const scheduler = new LambdaClient(clientOf(proxy, 'SCHEDULER'));

    await scheduler.send(new InvokeCommand({ FunctionName: 'management' }));
    const refusal = await refusalOf(scheduler.send(new InvokeCommand({ FunctionName: 'broken' })));
    scheduler.destroy();

    expect(refusal).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('lambda:InvokeFunction on resource'),
      $metadata: { httpStatusCode: 403 },
    });
    expect(invoked.map(({ name }) => name)).toEqual(['management']);
  });

  it('names an operation that it does not have', async () => {
    expect(await refusalOf(client.send(new ListFunctionsCommand({})))).toMatchObject({
      message: expect.stringContaining('no Lambda operation but Invoke'),
    });
  });

  it('answers a runner that fails with an error of the service', async () => {
    expect(await refusalOf(client.send(new InvokeCommand({ FunctionName: 'crashing-runner' })))).toMatchObject({
      name: 'ServiceException',
      message: expect.stringContaining('the runner crashed'),
    });
    expect(background).toEqual([new Error('the runner crashed')]);
  });
});
