import { itemSize } from '../../../../local/aws/meter/item-size';

describe('the size of an item', () => {
  it.each<[string, unknown, number]>([
    ['a string, by its UTF-8 bytes', { S: 'é€' }, 5],
    ['an empty string', { S: '' }, 0],
    ['a binary, by its raw bytes', { B: Buffer.from('hello').toString('base64') }, 5],
    ['a boolean', { BOOL: true }, 1],
    ['a null', { NULL: true }, 1],
    ['zero', { N: '0' }, 1],
    ['two digits', { N: '27' }, 2],
    ['a negative number', { N: '-27' }, 3],
    ['three digits', { N: '461' }, 3],
    ['trailing zeros', { N: '1000' }, 2],
    ['a millisecond timestamp', { N: '1786461547123' }, 8],
    ['a fraction, rounded on its own', { N: '1.5' }, 3],
    ['a small fraction', { N: '0.05' }, 2],
    ['zeros that stand between digits', { N: '100.5' }, 4],
    ['an exponent', { N: '1E125' }, 2],
    ['a negative exponent', { N: '15e-1' }, 3],
    ['insignificant zeros', { N: '+0012.3400' }, 3],
    ['38 digits', { N: '9'.repeat(38) }, 20],
    ['an empty list', { L: [] }, 3],
    ['a list: 3, and 1 more per element', { L: [{ S: 'ab' }, { BOOL: false }] }, 3 + 3 + 2],
    ['an empty map', { M: {} }, 3],
    ['a map: 3, and 1 more per member', { M: { key: { S: 'ab' } } }, 3 + 1 + 3 + 2],
    ['a set of strings', { SS: ['ab', 'c'] }, 3],
    ['a set of numbers', { NS: ['27', '1'] }, 4],
    ['a set of binaries', { BS: [Buffer.from('ab').toString('base64')] }, 2],
  ])('counts %s', (_, value, bytes) => {
    expect(itemSize({ a: value })).toBe('a'.length + bytes);
  });

  it('adds the names and values of all attributes', () => {
    expect(itemSize({ pk: { S: 'abc' }, créé: { BOOL: true } })).toBe(2 + 3 + 6 + 1);
  });

  it.each([[{ X: 'a' }], ['text'], [null], [{}]])('refuses %j, which is no DynamoDB value', (value) => {
    expect(() => itemSize({ a: value })).toThrow(/Not a DynamoDB value/);
  });
});
