import { costPerMillion } from '../../bench/consumption/cost';
import { PRICES } from '../../bench/consumption/prices';

const NOTHING = {
  storeCalls: 0,
  writeUnits: 0,
  readUnits: 0,
  logBytes: 0,
  accessLogBytes: 0,
  aggregation: { writeUnits: 0, readUnits: 0 },
};

describe('the cost of a million requests', () => {
  it.each([
    ['api', NOTHING, 0, 3.5],
    ['lambda', NOTHING, 0, 0.2],
    ['lambda', NOTHING, 1.5, 0.2 + 1.5 * 13.3334],
    ['dynamo', { ...NOTHING, writeUnits: 6, readUnits: 0.5 }, 0, 6 * 0.625 + 0.5 * 0.125],
    ['dynamo', { ...NOTHING, aggregation: { writeUnits: 2, readUnits: 4 } }, 0, 2 * 0.625 + 4 * 0.125],
    ['logs', { ...NOTHING, logBytes: 1_000, accessLogBytes: 400 }, 0, 1.4 * (0.5 + 0.12) + 0.05 * 5],
  ] as const)('counts %s of %j over %d s at 1 GB', (part, consumption, seconds, usd) => {
    expect(costPerMillion(consumption, seconds, 1_024)[part]).toBeCloseTo(usd);
  });

  it('is the sum of its parts', () => {
    const { total, ...parts } = costPerMillion({ ...NOTHING, writeUnits: 6, logBytes: 3_000 }, 1.5, 512);

    expect(total).toBeCloseTo(Object.values(parts).reduce((sum, part) => sum + part));
  });

  it.each(Object.entries(PRICES))('has a source for its price %s', (_, { usd, asOf, source }) => {
    expect(usd).toBeGreaterThan(0);
    expect(asOf).not.toBe('');
    expect(source).toMatch(/^https:\/\/aws\.amazon\.com\//);
  });
});
