import type { SeriesByMetric } from '../../../lambdas/core/counters/series';
import type { LedgerRecord } from '../../../lambdas/core/ledger/record';
import { METRICS_BY_NAME } from '../../../lambdas/core/telemetry/metrics';
import { formatAmount } from '../../../lambdas/exposition/format-amount';
import { createNeverFalling } from '../../../lambdas/exposition/never-falling';
import { render } from '../../../lambdas/exposition/render';
import { aRequestRecord, MODEL } from '../../support/a-request-record';
import { exposedText, seriesOf, VARIED_RECORDS } from '../../support/exposed-text';
import { histogramFaults, parsePrometheusText } from '../../support/prometheus-text';

describe('the exposition', () => {
  it('is well-formed, with HELP and TYPE once per metric, as the catalogue has them', () => {
    const families = parsePrometheusText(exposedText());

    expect(families.size).toBeGreaterThan(20);
    for (const [name, { type, help }] of families) {
      expect([type, help]).toEqual([METRICS_BY_NAME.get(name)?.kind, METRICS_BY_NAME.get(name)?.help]);
    }
  });

  it('shows every counter and histogram of the catalogue once something of its kind has happened', () => {
    const families = parsePrometheusText(render(seriesOf(VARIED_RECORDS)));

    const measured = [...METRICS_BY_NAME].filter(([, { kind }]) => kind !== 'gauge').map(([name]) => name);
    expect([...families.keys()].sort()).toEqual(measured.sort());
  });

  it('has cumulative histograms that end in +Inf', () => {
    const families = parsePrometheusText(exposedText());

    const histograms = [...families.values()].filter(({ type }) => type === 'histogram');
    expect(histograms.flatMap(histogramFaults)).toEqual([]);
    expect(histograms.length).toBeGreaterThan(5);
  });

  it('prints money in dollars and times in seconds', () => {
    const text = render(seriesOf([aRequestRecord({ costNanoUsd: 1_234_567, durationMs: 820.5 })]));

    const labels = `provider="bedrock",model="${MODEL}",region="us-east-1"`;
    expect(text).toContain(`\ngateway_cost_usd_total{${labels}} 0.001234567\n`);
    expect(text).toContain(
      `\ngateway_request_duration_seconds_sum{${labels},endpoint="/v1/chat/completions"} 0.8205\n`,
    );
    expect(text).toContain(`${labels},endpoint="/v1/chat/completions",le="0.5"} 0\n`);
    expect(text).toContain(`${labels},endpoint="/v1/chat/completions",le="1"} 1\n`);
  });

  it('escapes label values', () => {
    const value = 'a "quoted" \\ back\nslash';
    const series: SeriesByMetric = new Map([
      ['gateway_rate_limit_hits_total', [{ kind: 'value', labels: { endpoint: value }, value: 1n }]],
    ]);

    const [sample] = parsePrometheusText(render(series)).get('gateway_rate_limit_hits_total')?.samples ?? [];

    expect(sample).toMatchObject({ labels: { endpoint: value }, value: 1 });
  });
});

describe('an amount', () => {
  it.each([
    [0n, 9, '0'],
    [1n, 9, '0.000000001'],
    [1_500_000_000n, 9, '1.5'],
    [12_345_678_901_234_567_890_123n, 9, '12345678901234.567890123'],
    [42n, 0, '42'],
    [-1_500n, 3, '-1.5'],
  ])('of %s with %s decimals reads %s', (amount, decimals, text) => {
    expect(formatAmount(amount, decimals)).toBe(text);
  });
});

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
