import { countForBatch } from '../../../local/streams/take-batch';
import { aRecord } from './stream-parts';

describe('one event', () => {
  it('holds at most a batch', () => {
    expect(countForBatch([aRecord(1), aRecord(2), aRecord(3)], 2)).toBe(2);
  });

  it('holds no more than 6 MB', () => {
    const large = Array.from({ length: 20 }, (_, index) => aRecord(index, { text: 'a'.repeat(390_000) }));

    expect(countForBatch(large, 100)).toBe(16);
  });
});
