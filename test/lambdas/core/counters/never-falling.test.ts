import { createNeverFalling } from '../../../../lambdas/core/counters/never-falling';
import type { LedgerRecord } from '../../../../lambdas/core/ledger/record';
import { aRequestRecord } from '../../../support/a-request-record';
import { seriesOf } from '../../../support/exposed-text';

describe('counters that have been shown', () => {
  it('never fall, and go on from where they were', () => {
    const neverFalling = createNeverFalling();
    const cost = (records: LedgerRecord[]) => neverFalling(seriesOf(records)).get('gateway_cost_usd_total')?.[0];
    const duration = (records: LedgerRecord[]) =>
      neverFalling(seriesOf(records)).get('gateway_request_duration_seconds')?.[0];
    const [one, two, three] = [1, 2, 3].map((count) => Array.from({ length: count }, () => aRequestRecord()));

    const shown = [cost(two ?? []), cost(one ?? []), cost(three ?? [])];
    const stale = duration(one ?? []);

    expect(shown).toMatchObject([{ value: 3_000_000n }, { value: 3_000_000n }, { value: 4_500_000n }]);
    expect(stale).toMatchObject({ sum: 2_460_000n });
    expect(stale?.kind === 'histogram' && stale.buckets.reduce((sum, count) => sum + count)).toBe(3n);
  });
});
