import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { createChildren } from '../../local/processes/children';
import { findFreePort } from '../../local/processes/free-port';
import { type RunningPrometheus, startPrometheus } from '../../local/prometheus/start-prometheus';

export type PrometheusServerOptions = {
  /** `scrape_configs`, as Prometheus wants them. @default none: it only takes remote writes */
  scrape?: readonly object[];
  /** What stands under `groups:` of a rule file. @default none */
  ruleGroups?: readonly object[];
  /** How often rules are evaluated. @default 15 */
  evaluationIntervalSeconds?: number;
  /** How much older than the newest sample a sample may be. @default 0: none may, which is Prometheus' own default */
  outOfOrderSeconds?: number;
};

/** One series of an instant query. */
export type QueriedValue = { labels: Readonly<Record<string, string>>; value: number };

/** One series of a range query: values by their time, in seconds since the epoch. */
export type QueriedRange = { labels: Readonly<Record<string, string>>; values: readonly (readonly [number, number])[] };

export type PrometheusServer = RunningPrometheus & {
  /** An instant query, at a time in seconds since the epoch (now). A scalar is one value without labels. Rejects with what Prometheus says of a query that it refuses. */
  query(expression: string, atSeconds?: number): Promise<QueriedValue[]>;
  /** A query of a span of time, in seconds since the epoch. */
  queryRange(
    expression: string,
    span: { fromSeconds: number; toSeconds: number; stepSeconds: number },
  ): Promise<QueriedRange[]>;
  /** Any other GET of the HTTP API, such as `/api/v1/targets`. */
  get(path: string): Promise<unknown>;
};

/** A real Prometheus of the PATH with a folder of its own, which `stop` removes. Rejects with `PrometheusMissing`. */
export const startPrometheusServer = async (options: PrometheusServerOptions = {}): Promise<PrometheusServer> => {
  const children = createChildren();
  const directory = mkdtempSync(join(tmpdir(), 'fluxgate-prometheus-'));
  children.adoptFolder(directory);
  const stop = async () => {
    await children.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const configuration = toConfiguration(options, directory);
    const server = await startPrometheus({ children, directory, configuration, port: await findFreePort() });
    return { ...server, stop, ...createQueries(server.url) };
  } catch (error) {
    await stop();
    throw error;
  }
};

const toConfiguration = (options: PrometheusServerOptions, directory: string): object => {
  const ruleFile = join(directory, 'rules.yml');
  writeFileSync(ruleFile, JSON.stringify({ groups: options.ruleGroups ?? [] }));
  return {
    global: { evaluation_interval: `${options.evaluationIntervalSeconds ?? 15}s` },
    rule_files: [ruleFile],
    scrape_configs: options.scrape ?? [],
    storage: { tsdb: { out_of_order_time_window: `${options.outOfOrderSeconds ?? 0}s` } },
  };
};

const labels = v.record(v.string(), v.string());
const point = v.tuple([v.number(), v.pipe(v.string(), v.transform(toNumber))]);
const answer = v.object({
  data: v.variant('resultType', [
    v.object({ resultType: v.literal('vector'), result: v.array(v.object({ metric: labels, value: point })) }),
    v.object({ resultType: v.literal('scalar'), result: point }),
    v.object({
      resultType: v.literal('matrix'),
      result: v.array(v.object({ metric: labels, values: v.array(point) })),
    }),
  ]),
});

/** Prometheus writes +Inf, -Inf and NaN. */
function toNumber(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}

const createQueries = (url: string): Pick<PrometheusServer, 'query' | 'queryRange' | 'get'> => {
  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(`${url}${path}`);
    const text = await response.text();
    if (!response.ok) throw new Error(`Prometheus answers ${path} with ${response.status}: ${text}`);
    return JSON.parse(text);
  };
  const ask = async (path: string, parameters: Record<string, string>) =>
    v.parse(answer, await get(`${path}?${new URLSearchParams(parameters)}`)).data;

  return {
    get,
    query: async (query, atSeconds) => {
      const data = await ask('/api/v1/query', {
        query,
        ...(atSeconds === undefined ? {} : { time: String(atSeconds) }),
      });
      if (data.resultType === 'scalar') return [{ labels: {}, value: data.result[1] }];
      if (data.resultType === 'matrix') throw new Error(`${query} gives ranges: ask for them by queryRange.`);
      return data.result.map(({ metric, value }) => ({ labels: metric, value: value[1] }));
    },
    queryRange: async (query, { fromSeconds, toSeconds, stepSeconds }) => {
      const span = { start: String(fromSeconds), end: String(toSeconds), step: String(stepSeconds) };
      const data = await ask('/api/v1/query_range', { query, ...span });
      if (data.resultType !== 'matrix') throw new Error(`${query} gives no ranges.`);
      return data.result.map(({ metric, values }) => ({ labels: metric, values }));
    },
  };
};
