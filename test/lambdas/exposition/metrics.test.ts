import type { InFlight } from '../../../lambdas/core/ledger/in-flight';
import { aRequestRecord } from '../../support/a-request-record';
import { dynamoDbOfTests } from '../../support/dynamodb-local';
import { createExposition, type Given, NOW, samplesOf, textOf } from '../../support/exposition';
import { parseOpenMetrics } from '../../support/openmetrics-text';
import { parsePrometheusText } from '../../support/prometheus-text';

const { client } = dynamoDbOfTests();
const anExposition = (given?: Given) => createExposition(client, given);

const inFlight = (requestId: string, leaseEndsAt: number, provider = 'bedrock'): InFlight => ({
  requestId,
  leaseEndsAt,
  draft: aRequestRecord({ requestId, provider }),
  scopes: [],
  hold: { id: requestId, nanoUsd: 1 },
  earlier: [],
});

describe('GET /metrics', () => {
  it('shows what was counted, as Prometheus text', async () => {
    const { answer, count } = await anExposition();
    await count(['a', 'b', 'c'].map((requestId) => aRequestRecord({ requestId })));

    const answered = await answer();

    expect(answered.statusCode).toBe(200);
    expect(answered.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(samplesOf('gateway_requests_total', answered)).toMatchObject([{ labels: { status: 'success' }, value: 3 }]);
    expect(samplesOf('gateway_cost_usd_total', answered)).toMatchObject([{ value: 0.0045 }]);
    expect(samplesOf('fluxai_cost_dollars_total', answered)).toMatchObject([{ value: 0.0045 }]);
  });

  it('speaks OpenMetrics to those who ask for it', async () => {
    const { answer, count } = await anExposition();
    await count([aRequestRecord()]);

    const answered = await answer({
      headers: { accept: 'application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1' },
    });

    expect(answered.headers['content-type']).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(parseOpenMetrics(textOf(answered)).get('gateway_requests')?.samples).toMatchObject([{ value: 1 }]);
  });

  it('counts the requests under way by provider, and not those past their lease', async () => {
    const { answer, inFlight: items } = await anExposition();
    const open = Array.from({ length: 20 }, (_, index) => inFlight(`live-${index}`, NOW + 60_000));
    await Promise.all(
      [...open, inFlight('dead', NOW - 1), inFlight('junk', NOW + 1, 'from a client')].map((item) => items.open(item)),
    );

    const samples = samplesOf('gateway_active_requests', await answer());

    expect(samples.map(({ labels, value }) => [labels.provider, value])).toEqual([
      ['bedrock', 20],
      ['other', 1],
    ]);
  });

  it('shows 0 before anything has happened', async () => {
    const { answer } = await anExposition();

    const answered = await answer();

    expect(samplesOf('gateway_active_requests', answered)).toMatchObject([
      { labels: { provider: 'bedrock' }, value: 0 },
    ]);
    expect(samplesOf('gateway_rate_limit_hits_total', answered).map(({ value }) => value)).toContain(0);
  });

  it.each([
    ['aliases=false', { aliases: ['false'] }, ['gateway_cost_usd_total'], ['gateway_cost_total_usd']],
    ['aliases=true', { aliases: ['true'] }, ['gateway_cost_usd_total', 'gateway_cost_total_usd'], []],
    ['a parameter that means nothing', { page: ['2'] }, ['gateway_cost_total_usd'], []],
    [
      'names',
      { 'name[]': ['gateway_cost_total_usd', 'nothing'] },
      ['gateway_cost_total_usd'],
      ['gateway_cost_usd_total'],
    ],
  ])('with %s has the families that are asked for', async (_, query, there, notThere) => {
    const { answer, count } = await anExposition();
    await count([aRequestRecord()]);

    const families = [...parsePrometheusText(textOf(await answer({ query }))).keys()];

    expect(families).toEqual(expect.arrayContaining(there));
    expect(notThere.filter((name) => families.includes(name))).toEqual([]);
  });

  it('leaves out the alias that every scraper makes for itself', async () => {
    const up = { kind: 'value', labels: { service: 'router' }, value: 1n } as const;
    const { answer } = await anExposition({ readAllSeries: async () => new Map([['probe_success', [up]]]) });

    const families = [...parsePrometheusText(textOf(await answer())).keys()];

    expect(families).toEqual(['probe_success']);
  });

  it('refuses more than one answer can hold, and says how to ask for less', async () => {
    const series = Array.from({ length: 300_001 }, (_, index) => ({
      kind: 'value' as const,
      labels: { provider: 'bedrock', model: `m${index}`, region: 'none' },
      value: 1n,
    }));
    const { answer } = await anExposition({ readAllSeries: async () => new Map([['gateway_cost_usd_total', series]]) });

    const answered = await answer();

    expect(answered.statusCode).toBe(400);
    expect(JSON.parse(textOf(answered))).toMatchObject({
      error: { code: 'too_many_series', message: expect.stringContaining('aliases=false') },
    });
  });
});
