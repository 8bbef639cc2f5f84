import { sumOf, valuesOf } from '../support/prometheus';
import { LEDGER_MONEY, LEDGER_SUMS } from './ledger-sums';
import type { Observed } from './observed';

export const describeAgreement = ({ load, records, samples }: Observed) =>
  describe('the metrics', () => {
    it('have seen every kind of end, each request once', () => {
      const outcomes = new Set(records().map(({ outcome }) => outcome));

      expect(records()).toHaveLength(load().authenticated);
      // A client that leaves is not noticed: Lambda does not tell.
      expect([...outcomes].sort()).toEqual(['error', 'invalid', 'over_budget', 'rate_limited', 'success']);
    });

    it.each(LEDGER_SUMS)('count %s by %j as the ledger does', (metric, labels, sums) => {
      const counted = valuesOf(samples(), metric, labels);

      expect(counted).toEqual(sums(records()));
      expect(counted).not.toEqual({});
    });

    it.each(LEDGER_MONEY)('sum %s by %j to the nano-dollar', (metric, labels, sums) => {
      const counted = valuesOf(samples(), metric, labels);

      const nanoUsd = Object.entries(counted).map(([key, usd]) => [key, Math.round(usd * 1e9)]);
      expect(Object.fromEntries(nanoUsd)).toEqual(sums(records()));
      expect(counted).not.toEqual({});
    });

    it('add up the durations', () => {
      const seconds = records().reduce((sum, { durationMs, count }) => sum + (durationMs * count) / 1000, 0);

      expect(sumOf(samples(), 'gateway_request_duration_seconds_sum')).toBeCloseTo(seconds, 6);
    });

    it('count the rescue of a request by another model', () => {
      expect(sumOf(samples(), 'gateway_fallback_triggered_total')).toBe(1);
      expect(sumOf(samples(), 'gateway_fallback_success_total')).toBe(1);
    });
  });
