import * as v from 'valibot';
import { METRIC_QUERIES_BY_ID } from '../../../dashboards/metric-queries';
import { RECORDING_RULES } from '../../../dashboards/recording-rules';
import type { PrometheusServer } from '../../support/prometheus-server';
import { readPromql } from '../../support/promql';
import { type Book, createBook } from './book';
import type { Known } from './expectation';
import type { Observation, Seen } from './observe';
import { type Points, readPoints } from './points';
import { createTruth } from './truth';

/** One way of reading the metrics: a server, what it holds, and what it has to hold. */
export type Sight = {
  name: 'scraped' | 'written';
  server: PrometheusServer;
  points: readonly Points[];
  book: Book;
  busyAt: number;
  settledAt: number;
  rulesRan: Observation['rulesRan'];
  /** What is known at a time, with so many requests under way. */
  knownAt(at: number, underWay?: number): Known;
};

export type SightOptions = {
  name: Sight['name'];
  server: PrometheusServer;
  seen: Seen;
  observation: Observation;
};

/** Longer than anything that this check holds. */
const SPAN_SECONDS = 7_200;

/** Every name that a query or rule reads. */
const namesRead = (): string[] => {
  const expressions = [
    ...[...METRIC_QUERIES_BY_ID.values()].flatMap(({ expression, asked = [] }) => [
      expression,
      ...asked.filter(({ fault }) => fault === undefined).map((one) => one.expression),
    ]),
    ...RECORDING_RULES.map(({ expr }) => expr),
  ];
  return [...new Set(expressions.flatMap((expression) => readPromql(expression).selectors.map(({ name }) => name)))];
};

export const createSight = async ({ name, server, seen, observation }: SightOptions): Promise<Sight> => {
  const endsAt = Math.ceil(Date.now() / 1_000);
  const points = await readPoints(server, namesRead(), { endsAt, seconds: SPAN_SECONDS });
  const failed = name === 'scraped' ? await readFailures(server, endsAt) : [];
  const book = createBook(seen.pages, failed);
  const opensLeft = await isLeftOpen(server);
  return {
    name,
    server,
    points,
    book,
    busyAt: seen.busyAt,
    settledAt: seen.settledAt,
    rulesRan: observation.rulesRan,
    knownAt: (at, underWay = 0) => ({
      truth: createTruth({ points, book, at, opensLeft }),
      records: observation.records,
      underWay,
      derived: name === 'scraped' ? 'shown' : 'recorded',
    }),
  };
};

/** The times of the scrapes that failed: the gate was closed, or this computer was slow. */
const readFailures = async (server: PrometheusServer, endsAt: number): Promise<number[]> => {
  const ups = await readPoints(server, ['up'], { endsAt, seconds: SPAN_SECONDS });
  return ups.flatMap(({ times, values }) => times.filter((_, index) => values[index] === 0));
};

const build = v.object({ data: v.object({ version: v.string() }) });

/** Whether this Prometheus leaves out a sample at the very beginning of a window. */
const isLeftOpen = async (server: PrometheusServer): Promise<boolean> => {
  const { data } = v.parse(build, await server.get('/api/v1/status/buildinfo'));
  return Number(data.version.split('.')[0]) >= 3;
};
