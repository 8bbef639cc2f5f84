import { readHeaders } from '../../../../lambdas/core/http/read-headers';

describe('readHeaders', () => {
  it('gives lower-case names and the last of repeated values', () => {
    const event = {
      headers: { 'X-Request-ID': 'b', Accept: 'text/html' },
      multiValueHeaders: { 'X-Request-ID': ['a', 'b'], Accept: ['text/html'] },
    };

    const headers = readHeaders(event);

    expect(headers).toEqual({ 'x-request-id': 'b', accept: 'text/html' });
  });

  it('reads an event that has one kind of headers only', () => {
    const single = readHeaders({ headers: { A: '1' }, multiValueHeaders: JSON.parse('null') });
    const multiple = readHeaders({ headers: JSON.parse('null'), multiValueHeaders: { A: ['0', '1'] } });

    expect([single, multiple]).toEqual([{ a: '1' }, { a: '1' }]);
  });

  it('changes no prototype by a header of that name', () => {
    const headers = readHeaders({ headers: JSON.parse('{"__proto__":"x"}'), multiValueHeaders: {} });

    expect(Object.getPrototypeOf(headers)).toBe(Object.prototype);
    expect(headers.authorization).toBeUndefined();
  });
});
