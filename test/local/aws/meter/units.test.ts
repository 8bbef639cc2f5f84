import { readUnits, writeUnits } from '../../../../local/aws/meter/units';

describe('capacity units, by the examples of the DynamoDB documentation', () => {
  it.each([
    ['an empty item', 0, 1],
    ['half a kilobyte', 512, 1],
    ['exactly 1 KB', 1024, 1],
    ['one byte more', 1025, 2],
    ['1.5 KB', 1536, 2],
    ['3.5 KB', 3584, 4],
  ])('writes %s', (_, bytes, units) => {
    expect(writeUnits(bytes)).toBe(units);
  });

  it.each([
    ['nothing, eventually', 0, 'eventual', 0.5],
    ['nothing, strongly', 0, 'strong', 1],
    ['4 KB, strongly', 4096, 'strong', 1],
    ['8 KB, strongly', 8192, 'strong', 2],
    ['8 KB, eventually', 8192, 'eventual', 1],
    ['8 KB in a transaction', 8192, 'transactional', 4],
    ['3.5 KB, strongly', 3584, 'strong', 1],
    ['a page of 40.8 KB, eventually', 40.8 * 1024, 'eventual', 5.5],
    ['a page of 40.8 KB, strongly', 40.8 * 1024, 'strong', 11],
  ] as const)('reads %s', (_, bytes, consistency, units) => {
    expect(readUnits(bytes, consistency)).toBe(units);
  });
});
