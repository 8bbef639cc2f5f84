import { matchRoute } from '../../../../lambdas/gateway/http/routes';

describe('matchRoute', () => {
  it.each([
    ['POST', '/v1/chat/completions', 'chat', {}],
    ['POST', '/v1/chat/completions/', 'chat', {}],
    ['GET', '/v1/models', 'models', {}],
    ['GET', '/v1/models/claude-sonnet', 'model', { id: 'claude-sonnet' }],
    ['GET', '/v1/models/anthropic.claude-v1:0', 'model', { id: 'anthropic.claude-v1:0' }],
    ['GET', '/v1/models/vendor%2Fmodel%3A1', 'model', { id: 'vendor/model:1' }],
    ['GET', '/v1/models/__proto__', 'model', { id: '__proto__' }],
    ['GET', '/v1/requests/AbC-_123', 'request', { id: 'AbC-_123' }],
  ])('finds %s %s', (method, path, name, params) => {
    expect(matchRoute(method, path)).toMatchObject({ kind: 'route', name, params });
  });

  it('names the template, not the path', () => {
    expect(matchRoute('GET', '/v1/models/a')).toMatchObject({ template: '/v1/models/{id}' });
  });

  it.each([
    ['an unknown path', '/v1/embeddings'],
    ['the root', '/'],
    ['no path', ''],
    ['a longer path', '/v1/models/a/b'],
    ['an empty parameter', '/v1/models//'],
    ['a broken percent-encoding', '/v1/models/%E0%A4%A'],
    ['a lone percent sign', '/v1/models/100%'],
    ['another case', '/V1/Models'],
    ['a doubled slash', '//v1/models'],
  ])('knows no route for %s', (_name, path) => {
    expect(matchRoute('GET', path)).toEqual({ kind: 'unknown_route' });
  });

  it.each([
    ['GET', '/v1/chat/completions', 'POST'],
    ['POST', '/v1/models', 'GET'],
    ['DELETE', '/v1/models/a', 'GET'],
  ])('tells which methods a path has when it is asked for %s %s', (method, path, allow) => {
    expect(matchRoute(method, path)).toMatchObject({ kind: 'method_not_allowed', allow });
  });
});
