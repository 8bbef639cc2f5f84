import { acceptsGzip } from '../../../../lambdas/exposition/http/accepts-gzip';

describe('compression', () => {
  it.each([
    ['gzip', true],
    ['br, gzip;q=0.5', true],
    ['x-gzip', true],
    ['GZIP', true],
    ['*', true],
    ['deflate, *;q=0.1', true],
    ['gzip;q=0, *', false],
    ['gzip;q=0.0', false],
    ['identity', false],
    ['br', false],
    ['*;q=0', false],
    ['', false],
    [undefined, false],
  ])('is taken with Accept-Encoding %p: %s', (header, expected) => {
    expect(acceptsGzip(header)).toBe(expected);
  });
});
