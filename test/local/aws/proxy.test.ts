import { once } from 'node:events';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { AwsProxy } from '../../../local/aws/proxy';
import { aFunction, clientOf, OPERATOR, refusalOf, startTestProxy } from './start-test-proxy';

let proxy: AwsProxy;

beforeEach(async () => {
  proxy = await startTestProxy({ secrets: [{ arn: 'arn:x', name: 'Pepper', value: 'v' }] });
});
afterEach(() => proxy.close());

type Call = { method?: string; path: string; headers?: Record<string, string>; body?: unknown };

const call = async ({ method = 'GET', path, headers = {}, body }: Call) => {
  const { hostname, port } = new URL(proxy.url);
  return new Promise<{ status: number | undefined; document: unknown }>((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path, headers }, async (answer) =>
      resolve({ status: answer.statusCode, document: await json(answer) }),
    );
    outgoing.on('error', reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
};
const JSON_BODY = { 'content-type': 'application/json' };

const readSecret = async () => {
  const client = new SecretsManagerClient(clientOf(proxy));
  try {
    return await client.send(new GetSecretValueCommand({ SecretId: 'Pepper' }));
  } finally {
    client.destroy();
  }
};

describe('the AWS proxy', () => {
  it.each([
    ['no signature', {}, 403, 'MissingAuthenticationTokenException'],
    ['a bearer token', { authorization: 'Bearer x' }, 403, 'MissingAuthenticationTokenException'],
    [
      'a service that it does not have',
      { authorization: 'AWS4-HMAC-SHA256 Credential=OPERATOR/20260101/us-east-1/sqs/aws4_request, Signature=0' },
      404,
      'UnknownServiceException',
    ],
  ])('refuses a request with %s', async (_, headers, status, __type) => {
    const answer = await call({ method: 'POST', path: '/', headers });

    expect(answer).toEqual({ status, document: expect.objectContaining({ __type }) });
  });

  it('says that DynamoDB Local does not answer', async () => {
    const client = new DynamoDBClient(clientOf(proxy));

    const refusal = await refusalOf(client.send(new ListTablesCommand({})));
    client.destroy();

    expect(refusal).toMatchObject({
      name: 'InternalServerError',
      message: expect.stringContaining('DynamoDB Local at http://127.0.0.1:9 does not answer'),
    });
  });

  it('takes no notice of a caller that dies in the middle of its request', async () => {
    const errors: unknown[] = [];
    await proxy.close();
    proxy = await startTestProxy({ onError: (error) => errors.push(error) });
    const { hostname, port } = new URL(proxy.url);
    const authorization = 'AWS4-HMAC-SHA256 Credential=OPERATOR/20260101/us-east-1/dynamodb/aws4_request, Signature=0';
    const target = { authorization, 'x-amz-target': 'DynamoDB_20120810.PutItem', 'content-length': 100 };
    const dying = request({ hostname, port, method: 'POST', headers: { ...target, expect: '100-continue' } });
    dying.on('error', () => undefined);
    dying.flushHeaders();
    await once(dying, 'continue');

    const closed = new Promise((resolve) => dying.once('close', resolve));
    dying.destroy();
    await closed;
    // By the time that others are answered, the proxy has noticed.
    await call({ path: '/__fluxgate/faults' });

    expect(errors).toEqual([]);
  });

  it('rejects a port that is taken', async () => {
    await expect(startTestProxy({ port: proxy.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('frees its port when it is closed', async () => {
    const { port } = proxy;
    await readSecret();

    await proxy.close();
    proxy = await startTestProxy({ port });

    expect(proxy.port).toBe(port);
  });

  it.each([
    ['an access key with a sign', [{ ...OPERATOR, accessKeyId: 'a-b' }], /letters and digits/],
    ['two principals of one key', [OPERATOR, { ...OPERATOR, name: 'other' }], /access key OPERATOR/],
    ['two principals of one name', [OPERATOR, { ...OPERATOR, accessKeyId: 'OTHER' }], /name operator/],
    [
      'a statement without a resource',
      [aFunction('f', { Effect: 'Allow', Action: '*' })],
      /lacks an action or a resource/,
    ],
  ])('refuses %s', (_, principals, message) => {
    expect(() => proxy.setPrincipals(principals)).toThrow(message);
  });
});

describe('the control paths', () => {
  it('add, list and clear faults', async () => {
    const rule = { service: 'secretsmanager', kind: 'throttle', times: 1 };

    const added = await call({ method: 'POST', path: '/__fluxgate/faults', headers: JSON_BODY, body: rule });
    const refusal = await refusalOf(readSecret());
    const listed = await call({ path: '/__fluxgate/faults' });
    await call({ method: 'DELETE', path: '/__fluxgate/faults' });

    expect(added).toEqual({ status: 200, document: { id: 'fault-1' } });
    expect(refusal).toMatchObject({ name: 'ThrottlingException' });
    expect(listed.document).toEqual([{ id: 'fault-1', rule, seen: 1, hits: 1 }]);
    expect(proxy.faults.list()).toEqual([]);
  });

  it('name what is wrong with a rule', async () => {
    const body = { service: 'sqs', kind: 'throttle', times: 1, oops: true };

    expect(await call({ method: 'POST', path: '/__fluxgate/faults', headers: JSON_BODY, body })).toEqual({
      status: 400,
      document: { message: expect.stringMatching(/service: .*oops: /s) },
    });
  });

  it('take no rule from a web page', async () => {
    const headers = { 'content-type': 'text/plain' };

    expect(await call({ method: 'POST', path: '/__fluxgate/faults', headers, body: {} })).toMatchObject({
      status: 415,
    });
  });

  it('show decisions and the meter, and answer 404 elsewhere', async () => {
    await readSecret();

    expect(await call({ path: '/__fluxgate/decisions' })).toMatchObject({
      status: 200,
      document: {
        denied: [],
        recent: [{ principal: 'operator', action: 'secretsmanager:GetSecretValue', allowed: true }],
      },
    });
    expect(await call({ path: '/__fluxgate/meter' })).toEqual({
      status: 200,
      document: { total: { calls: 0, readUnits: 0, writeUnits: 0, readBytes: 0, writtenBytes: 0 }, rows: [] },
    });
    expect(await call({ path: '/__fluxgate/nothing' })).toMatchObject({ status: 404 });
  });
});
