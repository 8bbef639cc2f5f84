import { readLocation } from '../../../../lambdas/core/telemetry/code-location';

describe('the place that a stack names', () => {
  it.each([
    ['    at serve (/var/task/index.js:12:345)', { module: 'index.js', function: 'serve', line: 12 }],
    ['    at async Object.settle (/var/task/index.js:7:1)', { module: 'index.js', function: 'Object.settle', line: 7 }],
    ['    at /var/task/index.js:3:9', { module: 'index.js', line: 3 }],
    ['    at new Thing (file:///var/task/thing.mjs:1:2)', { module: 'thing.mjs', function: 'new Thing', line: 1 }],
  ])('is read from %s', (frame, expected) => {
    expect(readLocation(`Error: a message\n${frame}`)).toEqual(expected);
  });

  it('is the first that is not Node’s own', () => {
    const stack = 'Error: no\n    at emit (node:events:519:28)\n    at read (/var/task/index.js:5:6)';

    expect(readLocation(stack)).toEqual({ module: 'index.js', function: 'read', line: 5 });
  });

  it.each([undefined, '', 'Error: at nowhere', 'Error: no\n    at <anonymous>'])('is none in %j', (stack) => {
    expect(readLocation(stack)).toBeUndefined();
  });

  it('does not take long over a hostile text', () => {
    const started = performance.now();

    readLocation(`Error\n    at ${'(:1'.repeat(20_000)}`);

    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
