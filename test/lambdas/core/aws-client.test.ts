import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { awsClientConfig, withoutUnreadSteps } from '../../../lambdas/core/aws-client';

const ENV = { AWS_ACCESS_KEY_ID: 'ROLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' };

/** A server that remembers its connections and requests. */
const aServer = async (answer: (request: IncomingMessage, response: ServerResponse) => void) => {
  const seen = { connections: 0, requests: [] as IncomingMessage[] };
  const server: Server = createServer((request, response) => {
    seen.requests.push(request);
    answer(request, response);
  });
  server.on('connection', () => {
    seen.connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { seen, endpoint, close };
};

const aClient = (endpoint: string, options: Partial<Parameters<typeof awsClientConfig>[0]> = {}) =>
  new DynamoDBClient({
    ...awsClientConfig({ env: ENV, maxAttempts: 1, requestTimeoutMs: 5_000, ...options }),
    endpoint,
    region: 'us-east-1',
  });

const answerEmpty = (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{"TableNames":[]}');
};

describe('a client of the functions', () => {
  it('keeps its connection and signs with the credentials of the environment', async () => {
    const { seen, endpoint, close } = await aServer(answerEmpty);
    const client = aClient(endpoint);

    await client.send(new ListTablesCommand({}));
    await client.send(new ListTablesCommand({}));
    client.destroy();
    close();

    const [first] = seen.requests;
    expect([seen.connections, seen.requests.length]).toEqual([1, 2]);
    expect(first?.httpVersion).toBe('1.1');
    expect(first?.headers.authorization).toMatch(/Credential=ROLE\//);
    expect(first?.headers['x-amz-security-token']).toBe('token');
  });

  it('gives up when an answer takes too long', async () => {
    const { endpoint, close } = await aServer(() => undefined);
    const client = aClient(endpoint, { requestTimeoutMs: 50 });

    await expect(client.send(new ListTablesCommand({}))).rejects.toThrow(/timed? ?out|timeout/i);
    client.destroy();
    close();
  });

  it.each([1, 3])('tries a failing call %i times when told to', async (maxAttempts) => {
    const { seen, endpoint, close } = await aServer((_, response) => {
      response.writeHead(500).end('{"__type":"InternalServerError"}');
    });
    const client = aClient(endpoint, { maxAttempts });

    const failed = await client.send(new ListTablesCommand({})).catch(() => 'failed');
    client.destroy();
    close();

    expect([failed, seen.requests.length]).toEqual(['failed', maxAttempts]);
  });

  it('says what is missing in an environment without credentials', async () => {
    const client = aClient('http://127.0.0.1:9', { env: {} });

    await expect(client.send(new ListTablesCommand({}))).rejects.toThrow(/AWS_ACCESS_KEY_ID/);
  });

  it('drops the steps that nothing reads, of clients of every service', async () => {
    const { seen, endpoint, close } = await aServer(answerEmpty);
    const client = withoutUnreadSteps(aClient(endpoint));

    await client.send(new ListTablesCommand({}));

    close();
    expect(seen.requests[0]?.headers['x-amz-user-agent']).toBeUndefined();
    expect(client.middlewareStack.identify().join()).not.toMatch(/logger|recursion|UserAgent/i);
  });
});
