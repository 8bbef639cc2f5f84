import { createAnswerHealth } from '../../../lambdas/health/answer-health';

const answerHealth = createAnswerHealth({
  version: '1.2.3',
  now: () => new Date('2026-01-02T03:04:05.006Z'),
  newId: () => 'made',
});

describe('GET /health', () => {
  it('tells its state, version and time in UTC', async () => {
    const answer = await answerHealth({ headers: {}, multiValueHeaders: {} });

    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      status: 'healthy',
      version: '1.2.3',
      timestamp: '2026-01-02T03:04:05.006Z',
    });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
  });

  it('returns the ids of the client, and makes those that are missing', async () => {
    const answer = await answerHealth({ headers: { 'X-Correlation-ID': 'c-1' }, multiValueHeaders: {} });

    expect(answer.headers).toMatchObject({
      'x-request-id': 'made',
      'x-fluxgate-request-id': 'made',
      'x-correlation-id': 'c-1',
      'x-session-id': 'made',
    });
  });
});
