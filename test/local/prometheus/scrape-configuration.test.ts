import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChildren } from '../../../local/processes/children';
import { requirePrometheus } from '../../../local/prometheus/require-prometheus';
import { toScrapeConfiguration } from '../../../local/prometheus/scrape-configuration';
import { startPrometheus } from '../../../local/prometheus/start-prometheus';

describe('the configuration of a Prometheus beside the machine', () => {
  it('scrapes the machine with its key, as often as the source systems do', () => {
    expect(toScrapeConfiguration({ target: '127.0.0.1:8585', apiKey: 'fg_a_b', rules: [] })).toMatchObject({
      global: { scrape_interval: '15s' },
      scrape_configs: [
        {
          authorization: { credentials: 'fg_a_b' },
          static_configs: [{ targets: ['127.0.0.1:8585'] }],
          metric_relabel_configs: [],
        },
      ],
    });
  });

  it('leaves to the rules what they record under the name that a scrape has too', () => {
    const text = ['- record: "cache_hit_ratio"', '- record: "model:gateway_requests:rate5m"'].join('\n');

    const configuration = toScrapeConfiguration({ target: 'a', apiKey: 'b', rules: [{ path: '/rules.yml', text }] });

    expect(configuration).toMatchObject({
      rule_files: ['/rules.yml'],
      scrape_configs: [
        { metric_relabel_configs: [{ source_labels: ['__name__'], regex: 'cache_hit_ratio', action: 'drop' }] },
      ],
    });
  });
});

describe('a computer without Prometheus', () => {
  const program = 'no-such-prometheus';

  it('is told so at once, and what to do', () => {
    expect(() => requirePrometheus(program)).toThrow(/There is no program "prometheus".* or leave out --prometheus\./);
  });

  it('is told so when one is to be started all the same', async () => {
    const children = createChildren();
    const directory = mkdtempSync(join(tmpdir(), 'fluxgate-no-prometheus-'));

    await expect(startPrometheus({ children, directory, configuration: {}, port: 1, program })).rejects.toMatchObject({
      name: 'PrometheusMissing',
    });

    await children.stop();
    rmSync(directory, { recursive: true });
  });
});
