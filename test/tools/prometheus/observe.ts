import * as v from 'valibot';
import type { RequestRecord } from '../../../lambdas/core/ledger/record';
import { type Sample, sumOf } from '../../e2e/support/prometheus';
import { until } from '../../e2e/support/until';
import type { PrometheusServer } from '../../support/prometheus-server';
import type { Page } from './book';
import { createCrowd } from './crowd';
import type { Gateway } from './gateway';
import { namesOf, seriesKey, toLedgerSeries } from './ledger-series';
import { createLoad } from './load';
import { JOB } from './points';
import type { ScrapeGate } from './scrape-gate';
import { createWrittenHour } from './write-hour';

/** What one way of reading the metrics has seen of the load. */
export type Seen = {
  pages: Page[];
  /** While some requests were under way, and after all of them; seconds since the epoch. */
  busyAt: number;
  settledAt: number;
};

export type Observation = {
  scraped: Seen;
  written: Seen;
  records: readonly RequestRecord[];
  /** How many requests were under way at `busyAt`. */
  underWay: number;
  /** When rules were evaluated after all of it, in seconds since the epoch. */
  rulesRan: { from: number; to: number };
};

export type ObserveOptions = {
  gateway: Gateway;
  /** Stands before the gateway, closed. */
  gate: ScrapeGate;
  scraper: PrometheusServer;
  receiver: PrometheusServer;
  say: (line: string) => void;
};

/** Requests that are under way beside the slow ones. */
const CROWD = 150;

/** Minutes of the written hour at which a wave is over. */
const MINUTE = { idle: 29, afterFirst: 56, afterSecond: 57, busy: 58, settled: 60 };

/** Runs the load in waves; between them it is scraped, and minutes of an hour are written. */
export const observe = async (options: ObserveOptions): Promise<Observation> => {
  const { gateway, gate, scraper, receiver, say } = options;
  const load = await createLoad(gateway);
  const hour = createWrittenHour(gateway, receiver);
  const scraped: Page[] = [];
  const written: Page[] = [];
  /** `change` makes the values that are shown from then on. */
  const turn = async (minute: number, change: () => Promise<Page['values']>): Promise<void> => {
    await gate.close();
    // A scrape that began since then gets through only when the gate is open again.
    const from = endPage(scraped);
    const values = await change();
    gate.open();
    scraped.push({ from, to: Number.POSITIVE_INFINITY, values });
    written.push({ ...(await hour.writeUntil(minute)), values });
    // Two samples are what a rate is made of.
    await nextScrape(scraper, 'succeeded');
    await nextScrape(scraper, 'succeeded');
  };

  await turn(MINUTE.idle, async () => new Map());
  say('idle');
  await turn(MINUTE.afterFirst, async () => settle(gateway, await load.first()));
  say('the first wave is over');
  await turn(MINUTE.afterSecond, async () => settle(gateway, await load.second()));
  say('the second wave is over');
  const slow = load.slow();
  const crowd = createCrowd(gateway.database(), CROWD);
  const underWay = slow.count + CROWD;
  await turn(MINUTE.busy, async () => {
    await crowd.enter();
    return haveUnderWay(gateway, underWay);
  });
  const busyAt = secondsNow();
  say(`${underWay} requests are under way`);
  await turn(MINUTE.settled, async () => {
    await refuseIfOver(gateway, underWay);
    await crowd.leave();
    await slow.done;
    return settle(gateway, slow.sent);
  });
  const settledAt = secondsNow();
  await gate.close();
  endPage(scraped);
  await nextScrape(scraper, 'failed');
  const rulesRan = await letRulesRun([scraper, receiver]);
  say('all of it is over');
  return {
    scraped: { pages: scraped, busyAt, settledAt },
    written: { pages: written, busyAt: hour.endsAt - (MINUTE.settled - MINUTE.busy) * 60, settledAt: hour.endsAt },
    records: (await gateway.readLedger()).records,
    underWay,
    rulesRan,
  };
};

/** Prometheus knows no finer times. */
const toMilliseconds = (seconds: number): number => Math.floor(seconds * 1_000) / 1_000;

const secondsNow = (): number => toMilliseconds(Date.now() / 1_000);

/** The time at which the last page ends, which is now. */
const endPage = (pages: Page[]): number => {
  const last = pages.pop();
  const to = secondsNow();
  if (last !== undefined) pages.push({ ...last, to });
  return to;
};

/** Waits until the ledger has a record of every request, and the counters have them too. */
const settle = async (gateway: Gateway, sent: number): Promise<Page['values']> => {
  const { records, reports } = await until('every request has its record', async () => {
    const ledger = await gateway.readLedger();
    return ledger.underWay === 0 && countOf(ledger.records) >= sent ? ledger : undefined;
  });
  if (countOf(records) !== sent) throw new Error(`${sent} requests were sent, and ${countOf(records)} recorded.`);
  await until('every record is counted', async () => {
    const samples = await gateway.readMetrics();
    const counted = sumOf(samples, 'gateway_requests_total');
    return counted === sent && countReports(samples) === reports.length ? true : undefined;
  });
  return toLedgerSeries(records, reports);
};

const countReports = (samples: readonly Sample[]): number =>
  sumOf(
    samples.filter(({ labels }) => labels.endpoint === '/v1/telemetry'),
    'http_requests_total',
  );

const countOf = (records: readonly RequestRecord[]): number => records.reduce((sum, { count }) => sum + count, 0);

const haveUnderWay = async (gateway: Gateway, count: number): Promise<Page['values']> => {
  const { records, reports } = await until('the slow requests are under way', async () => {
    const ledger = await gateway.readLedger();
    return ledger.underWay === count ? ledger : undefined;
  });
  const active = namesOf('gateway_active_requests', { provider: 'bedrock' });
  return new Map([
    ...toLedgerSeries(records, reports),
    ...active.map(([name, labels]) => [seriesKey(name, labels), count] as const),
  ]);
};

const refuseIfOver = async (gateway: Gateway, count: number): Promise<void> => {
  const { underWay } = await gateway.readLedger();
  if (underWay !== count)
    throw new Error(`Only ${underWay} of ${count} slow requests lasted: this computer is too slow.`);
};

/** What `up` says of a scrape. */
const UP = { failed: 0, succeeded: 1 };

/** Waits for a scrape that begins from now on, and ends so. Scrapes follow one another: all before it are stored. */
const nextScrape = (server: PrometheusServer, outcome: keyof typeof UP): Promise<unknown> => {
  const since = secondsNow();
  return until(`a scrape has ${outcome}`, async () => {
    const [scrape] = await server.query(`timestamp(up{job="${JOB}"}) and up{job="${JOB}"} == ${UP[outcome]}`);
    return scrape !== undefined && scrape.value >= since ? true : undefined;
  });
};

const rules = v.object({
  data: v.object({ groups: v.array(v.object({ interval: v.number(), lastEvaluation: v.string() })) }),
});

/** When the last evaluation but one of the group that is most behind was due, at the earliest; seconds since the epoch. */
const evaluatedSince = async (server: PrometheusServer): Promise<number> => {
  const { data } = v.parse(rules, await server.get('/api/v1/rules'));
  return Math.min(...data.groups.map((group) => Date.parse(group.lastEvaluation) / 1_000 - group.interval));
};

/** Waits until every rule has been evaluated over what has been taken in; resolves with the span of time in which they were. */
const letRulesRun = async (servers: readonly PrometheusServer[]): Promise<Observation['rulesRan']> => {
  const from = secondsNow();
  await until('every rule is evaluated', async () => {
    const times = await Promise.all(servers.map(evaluatedSince));
    return times.every((time) => time >= from) ? true : undefined;
  });
  return { from, to: secondsNow() };
};
