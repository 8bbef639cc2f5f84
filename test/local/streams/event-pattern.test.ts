import { matches, readPattern } from '../../../local/streams/event-pattern';

const record = { eventName: 'INSERT', dynamodb: { Keys: { pk: { S: 'a#1' }, sk: { S: 'record' } } } };

describe('a filter pattern', () => {
  it.each([
    [{ eventName: ['INSERT'] }, true],
    [{ eventName: ['REMOVE'] }, false],
    [{ eventName: ['REMOVE', 'INSERT'] }, true],
    [{ eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: ['record', 'correction'] } } } }, true],
    [{ eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: ['inflight'] } } } }, false],
    [{ dynamodb: { NewImage: { a: { S: ['x'] } } } }, false],
    [{ dynamodb: { Keys: { pk: { S: [{ prefix: 'a#' }] } } } }, true],
    [{ dynamodb: { Keys: { pk: { S: [{ suffix: '#2' }] } } } }, false],
    [{ dynamodb: { Keys: { pk: { S: [{ 'anything-but': ['b'] }] } } } }, true],
    [{ dynamodb: { Keys: { pk: { S: [{ 'anything-but': 'a#1' }] } } } }, false],
    [{ userIdentity: [{ exists: false }] }, true],
    [{ dynamodb: { Keys: { pk: { S: [{ exists: true }] } } } }, true],
    [{}, true],
  ])('%j matches: %s', (pattern, expected) => {
    expect(matches(readPattern(pattern), record)).toBe(expected);
  });

  it.each([[{ a: [{ numeric: ['>', 1] }] }], [{ a: { b: [{ cidr: '10.0.0.0/8' }] } }], [{ a: 'not a list' }]])(
    '%j, which is not evaluated, is refused',
    (pattern) => {
      expect(() => readPattern(pattern)).toThrow();
    },
  );
});
