import { aChat } from '../support/chats';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import type { Reply, Sent } from '../support/send';

const OWN_ID = /^[A-Za-z0-9_-]{16}$/;
const CHAT = '/v1/chat/completions';

const SENT = { 'x-request-id': 'order:7', 'x-correlation-id': 'flow-1.2', 'x-session-id': 'session_9' };
const INVALID = { 'x-request-id': 'two words', 'x-correlation-id': 'a'.repeat(129), 'x-session-id': '' };

const idsOf = ({ headers }: Reply) => ({
  own: String(headers['x-fluxgate-request-id']),
  request: headers['x-request-id'],
  correlation: headers['x-correlation-id'],
  session: headers['x-session-id'],
});

export const describeIds = (gateway: GatewayUnderTest) =>
  describe('the ids of a request', () => {
    let authorization = '';
    beforeAll(async () => {
      authorization = `Bearer ${(await gateway.createKey()).key}`;
    });

    const chat = (changes: object = {}): Sent => ({
      method: 'POST',
      path: CHAT,
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ ...aChat('Hello'), ...changes }),
    });

    const REQUESTS: [string, number, () => Sent][] = [
      ['an answer', 200, () => chat()],
      ['a stream', 200, () => chat({ stream: true })],
      ['a list', 200, () => ({ path: '/v1/models', headers: { authorization } })],
      ['the health', 200, () => ({ path: '/health' })],
      ['a faulty body', 400, () => chat({ messages: [] })],
      ['a wrong key', 401, () => ({ ...chat(), headers: { authorization: 'Bearer fg_a_bbbbbbbb' } })],
      ['a failing provider', 503, () => chat({ messages: [{ role: 'user', content: '[[fault:malformed=0]]' }] })],
      ['an unknown route', 404, () => ({ path: '/v2/nothing', headers: { authorization } })],
      ['a wrong method', 405, () => ({ ...chat(), method: 'PUT' })],
      ['a missing record', 404, () => ({ path: '/v1/requests/none', headers: { authorization } })],
    ];

    it.each(REQUESTS)('are returned with %s (%i)', async (_, status, request) => {
      const { headers, ...sent } = request();

      const reply = await gateway.send({ ...sent, headers: { ...headers, ...SENT } });

      expect(reply.status).toBe(status);
      expect(idsOf(reply)).toEqual({
        own: expect.stringMatching(OWN_ID),
        request: 'order:7',
        correlation: 'flow-1.2',
        session: 'session_9',
      });
    });

    it.each(REQUESTS)(
      'are made for %s (%i) when the client sends none, or none that is valid',
      async (_, __, request) => {
        const { headers, ...sent } = request();

        const replies = [
          await gateway.send({ ...sent, headers }),
          await gateway.send({ ...sent, headers: { ...headers, ...INVALID } }),
        ];

        for (const { own, request: requestId, correlation, session } of replies.map(idsOf)) {
          expect([own, session]).toEqual([expect.stringMatching(OWN_ID), expect.stringMatching(OWN_ID)]);
          expect([requestId, correlation]).toEqual([own, own]);
        }
      },
    );

    it('stand in the error and in the record', async () => {
      const key = await gateway.createKey();
      const { headers, ...sent } = chat({ messages: [] });

      const reply = await gateway.send({
        ...sent,
        headers: { ...headers, ...SENT, authorization: `Bearer ${key.key}` },
      });

      const record = await gateway.record(key, idsOf(reply).own);
      expect(JSON.parse(reply.body)).toMatchObject({ error: { correlation_id: 'flow-1.2' } });
      expect(record).toMatchObject({
        requestId: idsOf(reply).own,
        clientRequestId: 'order:7',
        correlationId: 'flow-1.2',
        sessionId: 'session_9',
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
        outcome: 'invalid',
        errorCode: 'invalid_request',
      });
    });

    it('are those of the gateway, however often a client sends the same', async () => {
      const { headers, ...sent } = chat();

      const replies = await Promise.all(
        [1, 2, 3].map(() => gateway.send({ ...sent, headers: { ...headers, ...SENT } })),
      );

      expect(new Set(replies.map((reply) => idsOf(reply).own)).size).toBe(3);
    });
  });
