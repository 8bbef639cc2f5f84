import { GatewayError } from '../../../../lambdas/core/errors';
import { respondError, respondJson } from '../../../../lambdas/gateway/http/respond-json';
import { someIds } from './answer-facts';
import { createRecordedResponse } from './recorded-response';

describe('respondJson', () => {
  it('sends a whole body with the ids', () => {
    const sent = createRecordedResponse();

    respondJson(sent.response, { ids: someIds(), body: '{"a":1}' });

    expect(sent.status).toBe(200);
    expect(sent.body).toBe('{"a":1}');
    expect(sent.ended).toBe(true);
    expect(sent.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-fluxgate-request-id': 'request-1',
    });
  });
});

describe('respondError', () => {
  it('sends the status of the refusal with what its route and the error add', () => {
    const sent = createRecordedResponse();
    const error = new GatewayError('method_not_allowed', 'Use POST.', { retryAfterSeconds: 2 });

    respondError(sent.response, error, { ids: someIds(), body: '{}', headers: { allow: 'POST' } });

    expect(sent.status).toBe(405);
    expect(sent.headers).toMatchObject({ allow: 'POST', 'retry-after': '2', 'x-request-id': 'client-1' });
    expect(sent.ended).toBe(true);
  });
});
