import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { awsClientConfig, withoutUnreadSteps } from '../../lambdas/core/aws-client';
import { composeReadAllSeries } from '../../lambdas/core/counters/compose-read-all-series';
import { createSnapshot, metricsPage } from '../../lambdas/exposition/text/metrics-page';
import { OPENMETRICS } from '../../lambdas/exposition/text/text-format';
import { median } from '../statistics';

/** Scrapes a table some times, in a process of its own, and prints the medians. `scrape.js <url> <rounds>` */
const [url = '', rounds = '5'] = process.argv.slice(2);

const cpuMsOf = async <Result>(work: () => Result | Promise<Result>): Promise<{ result: Result; cpuMs: number }> => {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, cpuMs: (user + system) / 1_000 };
};

const main = async (): Promise<void> => {
  const aws = awsClientConfig({ env: process.env, maxAttempts: 1, requestTimeoutMs: 60_000 });
  const client = withoutUnreadSteps(new DynamoDBClient({ ...aws, endpoint: url }));
  const read = composeReadAllSeries({ client, countersTable: 'counters', ledgerTable: 'ledger', now: Date.now });

  const scrape = async (aliases: boolean) => {
    const { result: all, cpuMs: readMs } = await cpuMsOf(read);
    const { result: page, cpuMs: textMs } = await cpuMsOf(() =>
      metricsPage(createSnapshot(all), { aliases, names: undefined }, OPENMETRICS),
    );
    const { result: compressed, cpuMs: compressMs } = await cpuMsOf(page.compressed);
    return { all, page, compressed, readMs, textMs, compressMs };
  };

  const first = await scrape(true);
  const scrapes = [];
  for (let round = 0; round < Number(rounds); round += 1) scrapes.push(await scrape(true));
  const bare = await scrape(false);
  const samplesIn = (body: Buffer) =>
    body
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#')).length;

  console.log(
    JSON.stringify({
      series: [...first.all.values()].reduce((sum, { length }) => sum + length, 0),
      samples: samplesIn(first.page.body),
      bareSamples: samplesIn(bare.page.body),
      textBytes: first.page.body.length,
      compressedBytes: first.compressed.length,
      firstMs: first.readMs + first.textMs + first.compressMs,
      readMs: median(scrapes.map(({ readMs }) => readMs)),
      textMs: median(scrapes.map(({ textMs }) => textMs)),
      compressMs: median(scrapes.map(({ compressMs }) => compressMs)),
      peakKilobytes: process.resourceUsage().maxRSS,
    }),
  );
};

void main();
