import { dynamoDbOfTests } from '../../support/dynamodb-local';
import { createExposition, type Given, textOf } from '../../support/exposition';

const { client } = dynamoDbOfTests();
const anExposition = (given?: Given) => createExposition(client, given);

describe('a refusal', () => {
  it.each([
    ['a key without the scope', ['chat'], {}, {}, 403, 'missing_scope', 'permission_error'],
    [
      'a wrong key',
      ['metrics'],
      { Authorization: 'Bearer fg_key1_wrong' },
      {},
      401,
      'invalid_key',
      'authentication_error',
    ],
    ['no key', ['metrics'], { Authorization: '' }, {}, 401, 'invalid_key', 'authentication_error'],
    ['an unclear switch', ['metrics'], {}, { aliases: ['maybe'] }, 400, 'invalid_request', 'invalid_request_error'],
  ] as const)('of %s has the shape of an OpenAI error', async (_, scopes, headers, query, status, code, type) => {
    const { answer, log } = await anExposition({ key: { scopes } });

    const answered = await answer({ headers: { ...headers, 'X-Correlation-ID': 'mine' }, query });

    expect(answered.statusCode).toBe(status);
    expect(JSON.parse(textOf(answered))).toMatchObject({
      error: { message: expect.any(String), type, code, correlation_id: 'mine' },
    });
    expect(answered.headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-correlation-id': 'mine',
      'x-request-id': 'made-by-gateway1',
    });
    expect(log.events).toMatchObject([
      { name: 'request_error', fields: { status_code: status, endpoint: '/metrics' } },
    ]);
  });

  it('is 503 when the counters cannot be read, and says nothing of why', async () => {
    const { answer, log } = await anExposition({
      readAllSeries: async () => {
        throw new Error('the table secret-table is gone');
      },
    });

    const answered = await answer();

    expect(answered.statusCode).toBe(503);
    expect(answered.headers['retry-after']).toBe('1');
    expect(textOf(answered)).not.toContain('secret-table');
    expect(log.events[0]?.error).toMatchObject({
      cause: expect.objectContaining({ message: expect.stringContaining('gone') }),
    });
  });
});
