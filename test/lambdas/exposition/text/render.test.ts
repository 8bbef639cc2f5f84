import type { Series, SeriesByMetric } from '../../../../lambdas/core/counters/series';
import { ALIASES, toFamilies, withAliases } from '../../../../lambdas/core/telemetry/aliases';
import { METRICS_BY_NAME } from '../../../../lambdas/core/telemetry/metrics';
import { formatAmount } from '../../../../lambdas/exposition/text/format-amount';
import { render } from '../../../../lambdas/exposition/text/render';
import { OPENMETRICS, PROMETHEUS_TEXT } from '../../../../lambdas/exposition/text/text-format';
import { aRequestRecord, MODEL } from '../../../support/a-request-record';
import { exposedText, seriesOf } from '../../../support/exposed-text';
import { openHistogramFaults, parseOpenMetrics } from '../../../support/openmetrics-text';
import { histogramFaults, parsePrometheusText } from '../../../support/prometheus-text';

/** Scrapers make an `up` of their own. */
const ALL_NAMES = [...METRICS_BY_NAME.keys(), ...ALIASES.map(({ name }) => name)]
  .filter((name) => name !== 'up')
  .sort();

const hit = (endpoint: string, value = 1n): Series => ({ kind: 'value', labels: { endpoint }, value });
const hits = (...series: Series[]): SeriesByMetric => new Map([['gateway_rate_limit_hits_total', series]]);

describe('the text format of Prometheus', () => {
  it('has every metric of the catalogue and every alias, each described once', () => {
    const families = parsePrometheusText(exposedText(PROMETHEUS_TEXT));

    expect([...families.keys()].sort()).toEqual(ALL_NAMES);
    for (const [name, metric] of METRICS_BY_NAME) {
      expect(families.get(name)).toMatchObject({ type: metric.kind, help: metric.help });
    }
  });

  it('leaves names without a type that do not fit theirs', () => {
    const families = parsePrometheusText(exposedText(PROMETHEUS_TEXT));

    const untyped = [...families.values()].filter(({ type }) => type === 'untyped').map(({ name }) => name);
    expect(untyped.sort()).toEqual(['gateway_cost_total_usd', 'memory_items_total']);
  });

  it('has cumulative histograms that end in +Inf', () => {
    const families = parsePrometheusText(exposedText(PROMETHEUS_TEXT));

    const histograms = [...families.values()].filter(({ type }) => type === 'histogram');
    expect(histograms.flatMap(histogramFaults)).toEqual([]);
    expect(histograms.length).toBeGreaterThan(20);
  });

  it('prints money in dollars and times in seconds', () => {
    const series = seriesOf([aRequestRecord({ costNanoUsd: 1_234_567, durationMs: 820.5 })]);

    const text = render(toFamilies(series), PROMETHEUS_TEXT);

    const labels = `provider="bedrock",model="${MODEL}",region="us-east-1"`;
    expect(text).toContain(`\ngateway_cost_usd_total{${labels}} 0.001234567\n`);
    expect(text).toContain(
      `\ngateway_request_duration_seconds_sum{${labels},endpoint="/v1/chat/completions"} 0.8205\n`,
    );
    expect(text).toContain(`${labels},endpoint="/v1/chat/completions",le="0.5"} 0\n`);
    expect(text).toContain(`${labels},endpoint="/v1/chat/completions",le="1.0"} 1\n`);
  });

  it('escapes label values', () => {
    const value = 'a "quoted" \\ back\nslash';

    const text = render(toFamilies(hits(hit(value))), PROMETHEUS_TEXT);

    const [sample] = parsePrometheusText(text).get('gateway_rate_limit_hits_total')?.samples ?? [];
    expect(sample).toMatchObject({ labels: { endpoint: value }, value: 1 });
  });

  it('is the same for the same series in another order', () => {
    const [one, other] = [hits(hit('/a'), hit('/b')), hits(hit('/b'), hit('/a'))].map((series) =>
      render(toFamilies(series), PROMETHEUS_TEXT),
    );

    expect(one).toBe(other);
  });
});

describe('OpenMetrics', () => {
  it('says what the text format of Prometheus says', () => {
    const families = [...parseOpenMetrics(exposedText(OPENMETRICS)).values()];

    const samplesOf = (all: Iterable<{ samples: object[] }>) => [...all].flatMap(({ samples }) => samples);
    expect(samplesOf(families)).toEqual(samplesOf(parsePrometheusText(exposedText(PROMETHEUS_TEXT)).values()));
  });

  it('names counters without _total, and says units where names end in them', () => {
    const families = parseOpenMetrics(exposedText(OPENMETRICS));

    expect(families.get('gateway_cost_usd')).toMatchObject({ type: 'counter', unit: 'usd' });
    expect(families.get('gateway_request_duration_seconds')).toMatchObject({ type: 'histogram', unit: 'seconds' });
    expect(families.get('gateway_cost_total_usd')).toMatchObject({ type: 'unknown' });
    expect(families.get('memory_items_total')).toMatchObject({ type: 'unknown', unit: '' });
  });

  it('has whole histograms with bounds that look like floats', () => {
    const histograms = [...parseOpenMetrics(exposedText(OPENMETRICS)).values()].filter(
      ({ type }) => type === 'histogram',
    );

    expect(histograms.flatMap(openHistogramFaults)).toEqual([]);
    expect(histograms.length).toBeGreaterThan(20);
  });

  it('escapes quotes in what it says of a metric', () => {
    const text = render(
      withAliases(new Map([['gateway_tokens_total', [{ kind: 'value', labels: {}, value: 1n }]]])),
      OPENMETRICS,
    );

    expect(text).toContain('# HELP gateway_tokens Tokens that providers reported; type \\"cached\\" are');
  });

  it('of nothing is its end', () => {
    expect(render([], OPENMETRICS)).toBe('# EOF\n');
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
