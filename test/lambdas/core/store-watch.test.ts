import { createServer, type Server } from 'node:http';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { watchStore } from '../../../lambdas/core/store-watch';
import { createFakeLog } from '../../support/fake-log';

/** A store that answers as it is told: a status and an error, or nothing at all. */
const startStore = async () => {
  let answer: { status: number; type?: string } | 'hang up' = { status: 200 };
  const server: Server = createServer((request, response) => {
    if (answer === 'hang up') return request.socket.destroy();
    const { status, type } = answer;
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    return response.end(JSON.stringify(type === undefined ? {} : { __type: type, message: 'no' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The store has no port.');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    becomes: (next: typeof answer) => {
      answer = next;
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
};

describe('the watch over the store', () => {
  let store: Awaited<ReturnType<typeof startStore>>;
  beforeEach(async () => {
    store = await startStore();
  });
  afterEach(() => store.stop());

  const watched = () => {
    const log = createFakeLog();
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = new DynamoDBClient({ endpoint: store.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
    watchStore(client, log);
    const Key = { pk: { S: 'a' } };
    const call = () => client.send(new GetItemCommand({ TableName: 't', Key })).catch(() => undefined);
    const put = () =>
      client
        .send(new PutItemCommand({ TableName: 't', Item: Key, ConditionExpression: 'attribute_not_exists(pk)' }))
        .catch(() => undefined);
    return { client, log, call, put };
  };

  it.each([
    ['cannot', { status: 503, type: 'ServiceUnavailable' }],
    ['does not answer', 'hang up'],
  ] as const)(
    'says once that the store is lost when it %s three times in a row, and when it is back',
    async (_, how) => {
      const { client, log, call } = watched();
      store.becomes(how);
      for (let count = 0; count < 5; count += 1) await call();
      const lost = log.events.map(({ name, fields }) => [name, fields?.failures]);

      store.becomes({ status: 200 });
      await call();
      await call();

      expect(lost).toEqual([['store_connection_lost', 3]]);
      expect(log.events.slice(1).map(({ name, fields }) => [name, fields?.failures])).toEqual([
        ['store_connection_restored', 5],
      ]);
      client.destroy();
    },
  );

  it('says nothing of single failures', async () => {
    const { client, log, call } = watched();

    for (const status of [503, 503, 200, 503, 503, 200]) {
      store.becomes({ status, ...(status === 503 && { type: 'ServiceUnavailable' }) });
      await call();
    }

    expect(log.events).toEqual([]);
    client.destroy();
  });

  it.each(['ConditionalCheckFailedException', 'ThrottlingException', 'AccessDeniedException'])(
    'takes %s for an answer',
    async (type) => {
      const { client, log, put } = watched();
      store.becomes({ status: 400, type: `com.amazonaws.dynamodb.v20120810#${type}` });

      for (let count = 0; count < 4; count += 1) await put();

      expect(log.events).toEqual([]);
      client.destroy();
    },
  );
});
