/**
 * Has Prometheus read what GET /metrics says when every metric and every alias is there: its linter reads the text format,
 * its scraper both. Needs `promtool` and `prometheus` on the path. Exits with 1 when something is wrong.
 */
import { createServer } from 'node:http';
import { chooseFormat } from '../../lambdas/exposition/text/choose-format';
import { PROMETHEUS_TEXT } from '../../lambdas/exposition/text/text-format';
import { findFreePort } from '../../local/processes/free-port';
import { readSamples, seriesIn } from '../e2e/support/prometheus';
import { until } from '../e2e/support/until';
import { exposedText } from '../support/exposed-text';
import { type PrometheusServer, startPrometheusServer } from '../support/prometheus-server';
import { lintFaults } from './lint-metrics';

/** Jobs by the path that they scrape: one that speaks what it is asked for, one that knows the older format only. */
const JOBS = ['negotiated', 'text'] as const;

const servePages = async () => {
  const asked = new Set<string>();
  const server = createServer((request, response) => {
    const format = request.url === '/text' ? PROMETHEUS_TEXT : chooseFormat(request.headers.accept);
    asked.add(`${request.url}: ${format.contentType}`);
    response.setHeader('content-type', format.contentType).end(exposedText(format));
  });
  const port = await findFreePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { target: `127.0.0.1:${port}`, asked, close: () => server.close() };
};

const toScrape = (job: string, target: string) => ({
  job_name: job,
  metrics_path: `/${job}`,
  scrape_interval: '1s',
  scrape_timeout: '1s',
  static_configs: [{ targets: [target] }],
});

/** The series that a scrape of a job has left, as texts. */
const seriesOf = async (server: PrometheusServer, job: string): Promise<string[]> => {
  await until(`Prometheus has read the job ${job}`, async () => {
    const [up] = await server.query(`up{job="${job}"}`);
    return up?.value === 1 ? true : undefined;
  });
  const found = await server.query(`{job="${job}",__name__!~"up|scrape_.*"}`);
  return seriesIn(
    found.map(({ labels: { __name__: name = '', job: _, instance: __, ...labels }, value }) => ({
      name,
      labels,
      value,
    })),
  );
};

/** A metric may have a label of the same name as the scraper's own, which then stands aside. */
const expected = seriesIn(
  readSamples(exposedText(PROMETHEUS_TEXT)).map((sample) => {
    const { instance, ...labels } = sample.labels;
    return { ...sample, labels: instance === undefined ? labels : { ...labels, exported_instance: instance } };
  }),
);

const scrapeFaults = async (server: PrometheusServer): Promise<string[]> => {
  const faults: string[] = [];
  for (const job of JOBS) {
    const series = await seriesOf(server, job);
    const known = new Set(series);
    faults.push(...expected.filter((one) => !known.has(one)).map((one) => `The job ${job} lacks ${one}`));
    if (series.length !== expected.length)
      faults.push(`The job ${job} has ${series.length} of ${expected.length} series.`);
  }
  return faults;
};

const main = async (): Promise<void> => {
  const pages = await servePages();
  const server = await startPrometheusServer({ scrape: JOBS.map((job) => toScrape(job, pages.target)) });
  try {
    const faults = [...lintFaults(exposedText(PROMETHEUS_TEXT)), ...(await scrapeFaults(server))];
    for (const fault of faults) console.error(fault);
    if (faults.length > 0) process.exitCode = 1;
    else
      console.log(
        `Prometheus reads ${expected.length} samples in either format. ${[...pages.asked].sort().join('. ')}.`,
      );
  } finally {
    await server.stop();
    pages.close();
  }
};

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
