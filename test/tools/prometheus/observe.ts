import { setTimeout as pause } from 'node:timers/promises';
import type { RequestRecord } from '../../../lambdas/core/ledger/record';
import { until } from '../../e2e/support/until';
import type { PrometheusServer } from '../../support/prometheus-server';
import type { Page } from './book';
import type { Gateway } from './gateway';
import { namesOf, seriesKey, toLedgerSeries } from './ledger-series';
import { createLoad } from './load';
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
};

export type ObserveOptions = {
  gateway: Gateway;
  scraper: PrometheusServer;
  receiver: PrometheusServer;
  say: (line: string) => void;
};

/** Minutes of the written hour at which a wave is over. */
const MINUTE = { idle: 29, afterFirst: 56, afterSecond: 57, busy: 58, settled: 60 };

const secondsNow = (): number => Date.now() / 1_000;

/** Runs the load in waves, has it scraped all the while, and writes an hour of it. */
export const observe = async (options: ObserveOptions): Promise<Observation> => {
  const { gateway, scraper, receiver, say } = options;
  const load = await createLoad(gateway);
  const hour = createWrittenHour(gateway, receiver);
  const scraped: Page[] = [];
  const written: Page[] = [];
  /** `change` is what makes the values that are shown from then on. */
  const turn = async (minute: number, change: () => Promise<Page['values']>): Promise<void> => {
    endPage(scraped);
    const values = await change();
    scraped.push({ from: await nextScrape(scraper), to: Number.POSITIVE_INFINITY, values });
    written.push({ ...(await hour.writeUntil(minute)), values });
  };

  await turn(MINUTE.idle, async () => new Map());
  say('idle: scraped, and half an hour of it written');
  await turn(MINUTE.afterFirst, async () => settle(options, await load.first()));
  say('the first wave is over');
  await turn(MINUTE.afterSecond, async () => settle(options, await load.second()));
  say('the second wave is over');

  const slow = load.slow();
  await turn(MINUTE.busy, () => showUnderWay(options, slow.count));
  const busyAt = await lastBusyScrape(options, slow.count);
  say(`${slow.count} requests are under way`);
  await turn(MINUTE.settled, async () => {
    await slow.done;
    return settle(options, slow.sent);
  });
  const settledAt = await rulesHaveRun(scraper);
  say('all of it is over');
  return {
    scraped: { pages: scraped, busyAt, settledAt },
    written: { pages: written, busyAt: hour.endsAt - (MINUTE.settled - MINUTE.busy) * 60, settledAt: hour.endsAt },
    records: (await gateway.readLedger()).records,
    underWay: slow.count,
  };
};

/** A scrape takes a while: what was asked for shortly before a change may show what came after it. */
const MARGIN_SECONDS = 3;

const endPage = (pages: Page[]): void => {
  const last = pages.pop();
  if (last !== undefined) pages.push({ ...last, to: secondsNow() - MARGIN_SECONDS });
};

/** Waits until the ledger has a record of every request, and the server shows them. */
const settle = async ({ gateway, scraper }: ObserveOptions, sent: number): Promise<Page['values']> => {
  const records = await until('every request has its record', async () => {
    const ledger = await gateway.readLedger();
    return ledger.underWay === 0 && countOf(ledger.records) >= sent ? ledger.records : undefined;
  });
  if (countOf(records) !== sent) throw new Error(`${sent} requests were sent, and ${countOf(records)} recorded.`);
  await shows(scraper, 'sum(gateway_requests_total)', sent);
  return toLedgerSeries(records);
};

const countOf = (records: readonly RequestRecord[]): number => records.reduce((sum, { count }) => sum + count, 0);

const showUnderWay = async ({ gateway, scraper }: ObserveOptions, count: number): Promise<Page['values']> => {
  const { records } = await until('the slow requests are under way', async () => {
    const ledger = await gateway.readLedger();
    return ledger.underWay === count ? ledger : undefined;
  });
  await shows(scraper, 'sum(gateway_active_requests)', count);
  const active = namesOf('gateway_active_requests', { provider: 'bedrock' });
  return new Map([
    ...toLedgerSeries(records),
    ...active.map(([name, labels]) => [seriesKey(name, labels), count] as const),
  ]);
};

/** The time of a scrape that is certain to have seen the requests under way. */
const lastBusyScrape = async ({ gateway, scraper }: ObserveOptions, count: number): Promise<number> => {
  const at = await nextScrape(scraper);
  await pause((MARGIN_SECONDS + 0.5) * 1_000);
  const { underWay } = await gateway.readLedger();
  if (underWay !== count)
    throw new Error(`Only ${underWay} of ${count} slow requests are still under way: the machine is too slow.`);
  return at;
};

const shows = (server: PrometheusServer, expression: string, wanted: number): Promise<true> =>
  until(`Prometheus shows ${wanted} for ${expression}`, async () => {
    const [shown] = await server.query(expression);
    return shown?.value === wanted ? true : undefined;
  });

/** Waits for a scrape that begins from now on; resolves with its time. */
const nextScrape = (server: PrometheusServer): Promise<number> => {
  const since = secondsNow();
  return until('Prometheus scrapes again', async () => {
    const [scrape] = await server.query('timestamp(up{job="fluxgate"} == 1)');
    return scrape !== undefined && scrape.value >= since ? scrape.value : undefined;
  });
};

/** Rules are evaluated some seconds after the last change, at several times; resolves with a time when they have been. */
const rulesHaveRun = async (server: PrometheusServer): Promise<number> => {
  const since = secondsNow();
  await until('rules are evaluated', async () => {
    const [evaluated] = await server.query('timestamp(gateway:requests:rate5m)');
    return evaluated !== undefined && evaluated.value >= since + 8 ? true : undefined;
  });
  return secondsNow() - MARGIN_SECONDS;
};
