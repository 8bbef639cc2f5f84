import { createReadRequest } from '../../../../lambdas/gateway/http/read-request';

const anEvent = (changes: object = {}) => ({
  httpMethod: 'POST',
  path: '/v1/chat/completions',
  headers: { 'Content-Type': 'application/json', 'X-Session-ID': 's-1' },
  multiValueHeaders: {},
  body: '{"text":"ä"}',
  isBase64Encoded: false,
  ...changes,
});
const createReader = () => createReadRequest({ now: () => 1_234, newId: () => 'made' });
const context = { getRemainingTimeInMillis: () => 900 };

describe('readRequest', () => {
  it('reads an event of API Gateway', () => {
    const request = createReader()(anEvent(), context);

    expect(request).toMatchObject({
      method: 'POST',
      path: '/v1/chat/completions',
      headers: { 'content-type': 'application/json' },
      ids: { requestId: 'made', clientRequestId: 'made', correlationId: 'made', sessionId: 's-1' },
      receivedAt: 1_234,
    });
    expect(request.body.toString()).toBe('{"text":"ä"}');
    expect(request.remainingMs()).toBe(900);
  });

  it('decodes a body in base64 byte by byte', () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x00, 0x7d]);

    const request = createReader()(anEvent({ body: bytes.toString('base64'), isBase64Encoded: true }), context);

    expect(request.body).toEqual(bytes);
  });

  it('reads a missing body as an empty one', () => {
    const request = createReader()(anEvent({ body: null }), context);

    expect(request.body).toHaveLength(0);
  });

  it('calls only the first request of an environment a cold start', () => {
    const readRequest = createReader();

    const starts = [anEvent(), anEvent()].map((event) => readRequest(event, context).coldStart);

    expect(starts).toEqual([true, false]);
  });
});
