import { matchRoute } from '../../../local/api/match-route';
import { anApi, anIntegration } from './an-api';

const api = anApi({
  '/': {},
  '/health': { GET: anIntegration() },
  '/v1': {},
  '/v1/models/{id}': { GET: anIntegration() },
  '/v1/{proxy+}': { ANY: anIntegration() },
  '/{proxy+}': { ANY: anIntegration() },
});

describe('the resource that answers a request', () => {
  it.each([
    ['GET', '/health', '/health', {}],
    ['GET', '/health/', '/health', {}],
    ['GET', '/v1/models/claude', '/v1/models/{id}', { id: 'claude' }],
    ['GET', '/v1/models/a%20b', '/v1/models/{id}', { id: 'a b' }],
    ['GET', '/v1/models/%zz', '/v1/models/{id}', { id: '%zz' }],
    ['POST', '/v1/chat/completions', '/v1/{proxy+}', { proxy: 'chat/completions' }],
    ['GET', '/v1', '/{proxy+}', { proxy: 'v1' }],
    ['PUT', '/anything/else', '/{proxy+}', { proxy: 'anything/else' }],
  ])('of %s %s is %s', (method, path, route, pathParameters) => {
    const matched = matchRoute(api, method, path);

    expect(matched?.route.path).toBe(route);
    expect(matched?.pathParameters).toEqual(pathParameters);
  });

  it.each([
    ['the root, which has no method', 'GET', '/'],
    ['a resource without the method, even when a less specific one has it', 'DELETE', '/health'],
  ])('is none for %s', (_, method, path) => {
    expect(matchRoute(api, method, path)).toBeUndefined();
  });
});
