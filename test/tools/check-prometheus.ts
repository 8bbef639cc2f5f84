/**
 * Runs a mixed load on the local machine while a real Prometheus scrapes it, and writes an hour of it to a second one by
 * remote write. Then asks both every saved question, and compares the answers with what the ledger implies.
 * Needs `prometheus` on the path. Exits with 1 when an answer is wrong, with 2 when nothing could be judged.
 */
import { RECORDING_RULES } from '../../dashboards/recording-rules';
import { toRuleGroups } from '../../dashboards/to-rule-groups';
import { startPrometheusServer } from '../support/prometheus-server';
import { checkQueries } from './prometheus/check-queries';
import { checkRules } from './prometheus/check-rules';
import { checkBeginnings, checkSamples } from './prometheus/check-samples';
import { compareFaulty, type Faulty } from './prometheus/compare-faulty';
import { startGateway } from './prometheus/gateway';
import { observe } from './prometheus/observe';
import { JOB } from './prometheus/points';
import { startScrapeGate } from './prometheus/scrape-gate';
import { createSight } from './prometheus/sight';
import { toReport } from './prometheus/to-report';

const startedAt = Date.now();
const say = (line: string): void => {
  process.stdout.write(`[${((Date.now() - startedAt) / 1_000).toFixed(1).padStart(5)} s] ${line}\n`);
};

const SCRAPE_SECONDS = 2;
/** Not a divisor of the other, so that rules are evaluated at several distances from the last scrape. */
const EVALUATE_SECONDS = 3;

/** GET /metrics works these out itself. */
const ofTheScraper = RECORDING_RULES.filter(({ group }) => group !== 'derived-gauges');

const toScrape = (target: string, authorization: string) => ({
  job_name: JOB,
  // Series of databases have a label `instance` of their own.
  honor_labels: true,
  scrape_interval: `${SCRAPE_SECONDS}s`,
  scrape_timeout: `${SCRAPE_SECONDS}s`,
  authorization: { credentials: authorization.replace('Bearer ', '') },
  static_configs: [{ targets: [target] }],
});

const sayFaulty = (faulty: readonly Faulty[]): void => {
  const hidden = faulty.filter(({ shows }) => !shows);
  process.stdout.write(
    `${faulty.length - hidden.length} of ${faulty.length} queries that are said to be wrong are so here.\n`,
  );
  for (const { what, expression } of hidden)
    process.stdout.write(`  not seen with this load: ${what}: ${expression}\n`);
};

const main = async (): Promise<void> => {
  const closers: (() => Promise<void>)[] = [];
  try {
    const gateway = await startGateway();
    closers.push(() => gateway.machine.stop());
    say('the local machine runs');
    const gate = await startScrapeGate(gateway.machine.url);
    closers.push(gate.stop);
    const scraper = await startPrometheusServer({
      scrape: [toScrape(gate.target, gateway.authorization)],
      ruleGroups: toRuleGroups(ofTheScraper, EVALUATE_SECONDS),
    });
    closers.push(scraper.stop);
    const receiver = await startPrometheusServer({ ruleGroups: toRuleGroups(RECORDING_RULES, EVALUATE_SECONDS) });
    closers.push(receiver.stop);
    say('two Prometheus servers run: one scrapes, one is written to');

    const observation = await observe({ gateway, gate, scraper, receiver, say });
    const scraped = await createSight({ name: 'scraped', server: scraper, seen: observation.scraped, observation });
    const written = await createSight({ name: 'written', server: receiver, seen: observation.written, observation });
    const verdicts = [
      ...(await checkQueries(scraped, observation)),
      ...(await checkQueries(written, observation)),
      ...(await checkRules(scraped, ofTheScraper)),
      ...(await checkRules(written, RECORDING_RULES)),
      ...[scraped, written].flatMap(checkSamples),
      ...checkBeginnings(written),
    ];
    const { text, isRight } = toReport(verdicts);
    process.stdout.write(text);
    sayFaulty(await compareFaulty([scraped, written]));
    if (!isRight) process.exitCode = 1;
  } finally {
    for (const close of closers.reverse()) await close();
    say('done');
  }
};

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});
