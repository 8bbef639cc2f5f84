import { newId } from '../../../../lambdas/core/http/new-id';
import { readRequestIds, toIdHeaders } from '../../../../lambdas/core/http/request-ids';

const counter = () => {
  let made = 0;
  return () => `made-${++made}`;
};

describe('readRequestIds', () => {
  it('keeps the ids that a client sends, apart from the key of the record', () => {
    const headers = { 'x-request-id': 'r.1:a_b-C', 'x-correlation-id': 'c1', 'x-session-id': 's1' };

    const ids = readRequestIds(headers, counter());

    expect(ids).toEqual({
      requestId: 'made-1',
      clientRequestId: 'r.1:a_b-C',
      correlationId: 'c1',
      sessionId: 's1',
      sessionNamed: true,
    });
  });

  it('makes what a client does not send', () => {
    const ids = readRequestIds({}, counter());

    expect(ids).toEqual({
      requestId: 'made-1',
      clientRequestId: 'made-1',
      correlationId: 'made-1',
      sessionId: 'made-2',
    });
  });

  it('lets the correlation id follow the request id of the client', () => {
    const ids = readRequestIds({ 'x-request-id': 'mine' }, counter());

    expect(ids.correlationId).toBe('mine');
  });

  it.each([
    ['empty', ''],
    ['too long', 'a'.repeat(129)],
    ['with a line break', 'a\r\nset-cookie: b'],
    ['ending in a line break', 'a\n'],
    ['with a NUL', 'a\u0000'],
    ['with a space', 'a b'],
    ['with markup', '<script>'],
    ['outside ASCII', 'ä'],
    ['a key', 'sk-ant-api03-aB3dE5gH7jK9mN2pQ4sT6vW8'],
    ['the number of a card', 'order-4111111111111111'],
    ['the number of a phone', '415-555-2671'],
    ['an AWS access key', 'AKIAIOSFODNN7EXAMPLE'],
  ])('replaces an id that is %s', (_name, id) => {
    const headers = { 'x-request-id': id, 'x-correlation-id': id, 'x-session-id': id };

    const ids = readRequestIds(headers, counter());

    expect(Object.values(ids)).not.toContain(id);
    expect(ids.clientRequestId).toBe(ids.requestId);
  });

  it('accepts an id of the greatest length', () => {
    const id = 'a'.repeat(128);

    const ids = readRequestIds({ 'x-session-id': id }, counter());

    expect(ids.sessionId).toBe(id);
  });
});

describe('toIdHeaders', () => {
  it('returns the ids under their names', () => {
    const headers = toIdHeaders({ requestId: 'r', clientRequestId: 'x', correlationId: 'c', sessionId: 's' });

    expect(headers).toEqual({
      'x-request-id': 'x',
      'x-fluxgate-request-id': 'r',
      'x-correlation-id': 'c',
      'x-session-id': 's',
    });
  });
});

describe('newId', () => {
  it('makes different ids that are valid where clients send theirs', () => {
    const made = Array.from({ length: 100 }, newId);

    const read = made.map((id) => readRequestIds({ 'x-request-id': id }, () => 'invalid').clientRequestId);

    expect(read).toEqual(made);
    expect(new Set(made).size).toBe(100);
    expect(made.every((id) => id.length === 16)).toBe(true);
  });
});
