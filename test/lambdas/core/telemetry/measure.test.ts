import fc from 'fast-check';
import type { RequestRecord } from '../../../../lambdas/core/ledger/record';
import { LABEL_VALUES, OTHER } from '../../../../lambdas/core/telemetry/label-values';
import { measure } from '../../../../lambdas/core/telemetry/measure';
import type { Measurement } from '../../../../lambdas/core/telemetry/metrics';
import { METRICS } from '../../../../lambdas/core/telemetry/metrics';
import {
  aCorrection,
  anAbandonedRecord,
  anAttempt,
  aRequestRecord,
  MODEL,
  OTHER_MODEL,
} from '../../../support/a-request-record';

const named = (name: string, measurements: readonly Measurement[]) =>
  measurements.filter((measurement) => measurement.name === name);

const total = (name: string, measurements: readonly Measurement[]): number =>
  named(name, measurements).reduce((sum, { amount, times }) => sum + amount * times, 0);

const target = { provider: 'bedrock', model: MODEL, region: 'us-east-1' };
const endpoint = '/v1/chat/completions';

describe('measure', () => {
  it('counts a request once, under how it ended', () => {
    const measured = measure(aRequestRecord());

    expect(named('gateway_requests_total', measured)).toEqual([
      { name: 'gateway_requests_total', labels: { ...target, endpoint, status: 'success' }, amount: 1, times: 1 },
    ]);
    expect(named('http_requests_total', measured)).toEqual([
      {
        name: 'http_requests_total',
        labels: { method: 'POST', endpoint, status: '200', service: 'gateway' },
        amount: 1,
        times: 1,
      },
    ]);
  });

  it('measures times in microseconds and money in nano-dollars', () => {
    const measured = measure(aRequestRecord({ durationMs: 820.5, costNanoUsd: 1_234_567 }));

    expect(total('gateway_request_duration_seconds', measured)).toBe(820_500);
    expect(total('gateway_cost_usd_total', measured)).toBe(1_234_567);
  });

  it('splits reported tokens by type', () => {
    const usage = { input: 1, output: 2, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5 };

    const tokens = named('gateway_tokens_total', measure(aRequestRecord({ usage })));

    expect(tokens.map(({ labels, amount }) => [labels, amount])).toEqual([
      [{ ...target, type: 'input' }, 1],
      [{ ...target, type: 'output' }, 2],
      [{ ...target, type: 'cache_read' }, 3],
      [{ ...target, type: 'cache_write' }, 9],
    ]);
  });

  it('counts the tokens of a cache hit as cached only, with its saving and no cost', () => {
    const hit = aRequestRecord({ cache: 'hit', attempts: [], costNanoUsd: 0, savedNanoUsd: 1_500_000 });

    const measured = measure(hit);

    expect(named('gateway_tokens_total', measured)).toMatchObject([{ labels: { type: 'cached' }, amount: 180 }]);
    expect(total('cache_savings_usd_total', measured)).toBe(1_500_000);
    expect(named('cache_hits_total', measured)).toMatchObject([{ labels: { cache_type: 'exact', model: MODEL } }]);
    expect(named('gateway_cost_per_request_usd', measured)).toEqual([]);
    expect(named('gateway_time_to_first_token_seconds', measured)).toEqual([]);
  });

  it.each(['miss', 'error'] as const)(
    'counts a cache that says "%s" as one miss of the request, and one of the tier',
    (cache) => {
      const misses = named('cache_misses_total', measure(aRequestRecord({ cache })));

      expect(misses).toMatchObject([
        { labels: { cache_type: 'all', model: MODEL }, amount: 1 },
        { labels: { cache_type: 'exact', model: MODEL }, amount: 1 },
      ]);
    },
  );

  it.each(['off', 'bypass'] as const)('counts neither hit nor miss of a cache that is "%s"', (cache) => {
    const measured = measure(aRequestRecord({ cache }));

    expect([...named('cache_misses_total', measured), ...named('cache_hits_total', measured)]).toEqual([]);
  });

  it('does not count unknown usage as 0 tokens, and flags it', () => {
    const { usage: _, ...unknown } = aRequestRecord({ unmetered: true, costNanoUsd: 2_000_000 });

    const measured = measure(unknown);

    expect(named('gateway_tokens_total', measured)).toEqual([]);
    expect(total('gateway_unmetered_requests_total', measured)).toBe(1);
    expect(total('gateway_cost_usd_total', measured)).toBe(2_000_000);
  });

  it('counts a record as often as the requests that it stands for', () => {
    const refused = aRequestRecord({
      outcome: 'rate_limited',
      errorCode: 'requests_per_minute',
      httpStatus: 429,
      attempts: [],
      costNanoUsd: 0,
      count: 250,
    });

    const measured = measure(refused);

    expect(total('gateway_requests_total', measured)).toBe(250);
    expect(total('gateway_rate_limit_hits_total', measured)).toBe(250);
    expect(named('gateway_request_errors_total', measured)).toMatchObject([
      { labels: { error_type: 'rate_limited' }, times: 250 },
    ]);
    expect(named('gateway_request_duration_seconds', measured)).toMatchObject([{ amount: 820_000, times: 250 }]);
  });

  it('counts a retry on the same target as a second attempt and no fallback', () => {
    const attempts = [anAttempt({ outcome: 'throttled', costNanoUsd: 0 }), anAttempt()];

    const measured = measure(aRequestRecord({ attempts }));

    expect(named('gateway_provider_requests_total', measured).map(({ labels }) => labels)).toEqual([
      { ...target, status: 'rate_limited' },
      { ...target, status: 'success' },
    ]);
    expect(named('gateway_provider_duration_seconds', measured)).toMatchObject([
      { labels: { attempt: '1' } },
      { labels: { attempt: '2' } },
    ]);
    expect(named('gateway_fallback_triggered_total', measured)).toEqual([]);
    expect(named('routing_decisions_total', measured)).toMatchObject([{ labels: { reason: 'requested' } }]);
  });

  it('counts a fallback with its reason, and its success', () => {
    const attempts = [anAttempt({ outcome: 'timeout' }), anAttempt({ model: OTHER_MODEL })];

    const measured = measure(aRequestRecord({ attempts, model: OTHER_MODEL }));

    expect(named('gateway_fallback_triggered_total', measured)).toMatchObject([
      { labels: { from_provider: 'bedrock', to_provider: 'bedrock', error_type: 'provider_timeout' }, amount: 1 },
    ]);
    expect(total('gateway_fallback_success_total', measured)).toBe(1);
    expect(named('routing_decisions_total', measured)).toMatchObject([{ labels: { reason: 'fallback' } }]);
  });

  it('counts a fallback that failed as triggered only', () => {
    const attempts = [anAttempt({ outcome: 'timeout' }), anAttempt({ model: OTHER_MODEL, outcome: 'unavailable' })];

    const measured = measure(aRequestRecord({ attempts, outcome: 'error', errorCode: 'no_provider_answered' }));

    expect(total('gateway_fallback_triggered_total', measured)).toBe(1);
    expect(named('gateway_fallback_success_total', measured)).toEqual([]);
  });

  it('caps the attempt label at 3+', () => {
    const attempts = [1, 2, 3, 4, 5].map(() => anAttempt({ outcome: 'throttled' }));

    const measured = named('gateway_provider_duration_seconds', measure(aRequestRecord({ attempts })));

    expect(measured).toMatchObject(['1', '2', '3+', '3+', '3+'].map((attempt) => ({ labels: { attempt } })));
  });

  it('does not time a request that never reached a provider as a routing decision', () => {
    const refused = aRequestRecord({
      provider: 'none',
      region: 'none',
      model: 'unknown',
      attempts: [],
      outcome: 'invalid',
    });

    const measured = measure(refused);

    expect(named('router_decision_duration_seconds', measured)).toEqual([]);
    expect(named('gateway_requests_total', measured)).toMatchObject([
      { labels: { provider: 'none', model: OTHER, region: 'none', status: 'invalid' } },
    ]);
  });

  it('takes the time of providers off the overhead, and never goes below 0', () => {
    const overhead = (providerMs: number) =>
      total('gateway_overhead_seconds', measure(aRequestRecord({ durationMs: 820, providerMs })));

    expect(overhead(800)).toBe(20_000);
    expect(overhead(821)).toBe(0);
  });

  it('claims neither times nor an HTTP status for a request whose end nobody saw', () => {
    const measured = measure(anAbandonedRecord());

    expect(total('gateway_abandoned_requests_total', measured)).toBe(1);
    expect(total('gateway_cost_usd_total', measured)).toBe(2_000_000);
    expect(measured.filter(({ name }) => name.includes('duration') && name.startsWith('gateway_request'))).toEqual([]);
    expect(named('http_requests_total', measured)).toEqual([]);
    expect(named('gateway_cost_per_request_usd', measured)).toEqual([]);
  });

  it('keeps every label within its closed set, whatever a record holds', () => {
    const anything = fc.string({ minLength: 1 });
    const values: Record<string, readonly string[]> = {
      ...LABEL_VALUES,
      metric: Object.keys(METRICS),
      label: Object.keys(LABEL_VALUES),
    };

    fc.assert(
      fc.property(
        fc.record({
          model: anything,
          provider: anything,
          region: anything,
          endpoint: anything,
          method: anything,
          httpStatus: fc.integer(),
        }),
        (junk) => {
          for (const { labels } of measure(aRequestRecord({ ...junk, attempts: [anAttempt({ model: junk.model })] }))) {
            for (const [label, value] of Object.entries(labels))
              expect([...(values[label] ?? []), OTHER]).toContain(value);
          }
        },
      ),
    );
  });

  it('observes the pace of an answer: its first token, and the mean time between the others', () => {
    const measured = measure(
      aRequestRecord({
        attempts: [anAttempt({ durationMs: 1_000, timeToFirstEventMs: 200 })],
        timeToFirstEventMs: 215,
        usage: { input: 100, output: 81, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
      }),
    );

    expect(total('gateway_time_to_first_token_seconds', measured)).toBe(215_000);
    expect(total('gateway_time_per_output_token_seconds', measured)).toBe(10_000);
  });

  it('does not invent a pace for an answer of one token, or one whose usage nobody reported', () => {
    const { usage: _, ...unmetered } = aRequestRecord();
    const one = aRequestRecord({ usage: { input: 1, output: 1, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 } });

    expect(named('gateway_time_per_output_token_seconds', [...measure(unmetered), ...measure(one)])).toEqual([]);
  });

  it('sets what a request cost against what was held for it', () => {
    const measured = measure(aRequestRecord({ heldNanoUsd: 2_000_000, costNanoUsd: 1_500_000 }));

    expect(total('gateway_held_usd_total', measured)).toBe(2_000_000);
    expect(total('gateway_hold_used_ratio', measured)).toBe(750_000);
  });

  it('counts tokens of prompt and answer once per request that a provider answered', () => {
    const usage = { input: 100, output: 80, cacheRead: 20, cacheWrite5m: 3, cacheWrite1h: 1 };

    const sizes = named('gateway_tokens_per_request', measure(aRequestRecord({ usage })));

    expect(sizes).toMatchObject([
      { labels: { type: 'input' }, amount: 124 },
      { labels: { type: 'output' }, amount: 80 },
    ]);
  });

  it('counts a refusal for lack of a price', () => {
    const refused = aRequestRecord({ outcome: 'invalid', errorCode: 'unpriced_model', attempts: [], provider: 'none' });

    expect(total('gateway_unpriced_requests_total', measure(refused))).toBe(1);
  });

  it('counts a label value that its set lacks as "other", and says so', () => {
    const measured = measure(aRequestRecord({ region: 'mars-north-1' }));

    expect(named('gateway_requests_total', measured)).toMatchObject([{ labels: { region: OTHER } }]);
    expect(named('telemetry_label_overflow_total', measured)).toMatchObject([
      { labels: { metric: 'gateway_requests_total', label: 'region' }, amount: 1 },
    ]);
  });

  it('gives 50,000 junk model names the series of one', () => {
    const series = new Set<string>();
    for (let index = 0; index < 50_000; index += 1) {
      for (const { name, labels } of measure(aRequestRecord({ model: `junk-${index}`, attempts: [] }))) {
        series.add(JSON.stringify([name, labels]));
      }
    }

    const ofOne = measure(aRequestRecord({ model: 'junk', attempts: [] }));

    expect(series.size).toBe(ofOne.length);
  });
});

describe('measure of a correction', () => {
  const sumOf = (name: string, measured: Measurement[][]): number => total(name, measured.flat());

  it('adds what the actual record has more of, and counts apart what it has less of', () => {
    const abandoned = anAbandonedRecord();
    const actual = aRequestRecord();

    const measured = measure(aCorrection(abandoned, actual));

    expect(total('gateway_cost_usd_total', measured)).toBe(0);
    expect(total('gateway_corrected_usd_total', measured)).toBe(500_000);
    expect(total('gateway_corrected_requests_total', measured)).toBe(1);
    expect(named('gateway_requests_total', measured)).toMatchObject([{ labels: { status: 'success' }, amount: 1 }]);
    expect(total('gateway_tokens_total', measured)).toBe(180);
    expect(named('gateway_request_duration_seconds', measured)).toHaveLength(1);
  });

  it('adds a cost that turned out higher', () => {
    const measured = measure(aCorrection(anAbandonedRecord(), aRequestRecord({ costNanoUsd: 2_400_000 })));

    expect(total('gateway_cost_usd_total', measured)).toBe(400_000);
    expect(named('gateway_corrected_usd_total', measured)).toEqual([]);
  });

  it('does not count attempts twice that the abandoned record had counted', () => {
    const retries = [anAttempt({ outcome: 'throttled' }), anAttempt({ outcome: 'throttled' })];
    const abandoned = anAbandonedRecord({ attempts: retries });

    const measured = measure(aCorrection(abandoned, aRequestRecord({ attempts: [...retries, anAttempt()] })));

    expect(named('gateway_provider_requests_total', measured)).toMatchObject([{ labels: { status: 'success' } }]);
    expect(total('gateway_provider_requests_total', measured)).toBe(1);
  });

  it('never lowers anything, and leaves requests and money exact', () => {
    const outcome = fc.constantFrom<RequestRecord['outcome']>('success', 'error', 'cancelled');
    const model = fc.constantFrom(MODEL, OTHER_MODEL, 'junk');
    const cost = fc.nat({ max: 5_000_000 });

    fc.assert(
      fc.property(outcome, model, model, cost, cost, (ended, before, after, held, spent) => {
        const abandoned = anAbandonedRecord({ model: before, costNanoUsd: held });
        const actual = aRequestRecord({ model: after, costNanoUsd: spent, outcome: ended });

        const measured = [measure(abandoned), measure(aCorrection(abandoned, actual))];

        expect(measured.flat().every(({ amount }) => amount >= 0)).toBe(true);
        expect(sumOf('gateway_cost_usd_total', measured) - sumOf('gateway_corrected_usd_total', measured)).toBe(spent);
        expect(sumOf('gateway_requests_total', measured) - sumOf('gateway_corrected_requests_total', measured)).toBe(1);
      }),
    );
  });
});
