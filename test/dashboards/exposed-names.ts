import type { LabelName } from '../../lambdas/core/telemetry/label-values';
import type { Metric, SourceName } from '../../lambdas/core/telemetry/metric';
import { METRICS_BY_NAME } from '../../lambdas/core/telemetry/metrics';

/** A name that a series may have, and what it stands for. */
export type ExposedName = {
  metric: string;
  kind: Metric['kind'];
  labels: readonly string[];
  systems: readonly SourceName['system'][];
};

const SUFFIXES = ['_bucket', '_sum', '_count'] as const;

const partsOf = (name: string, { kind }: Metric, labels: readonly LabelName[]): [string, readonly string[]][] =>
  kind === 'histogram'
    ? SUFFIXES.map((suffix) => [`${name}${suffix}`, suffix === '_bucket' ? [...labels, 'le'] : labels])
    : [[name, labels]];

const ownNames = ([name, metric]: [string, Metric]): [string, ExposedName][] => {
  const systems = (metric.sources ?? []).filter((source) => source.name === name).map(({ system }) => system);
  return partsOf(name, metric, metric.labels).map(([part, labels]) => [
    part,
    { metric: name, kind: metric.kind, labels, systems },
  ]);
};

const aliasNames = ([name, metric]: [string, Metric]): [string, ExposedName][] =>
  (metric.sources ?? [])
    .filter((source) => source.name !== name)
    .flatMap(({ system, name: alias, labels = metric.labels }) =>
      partsOf(alias, metric, labels).map(([part, of]): [string, ExposedName] => [
        part,
        { metric: name, kind: metric.kind, labels: of, systems: [system] },
      ]),
    );

/** Every name of a series that the catalogue allows, aliases included. */
export const EXPOSED_NAMES: ReadonlyMap<string, ExposedName> = new Map(
  [...METRICS_BY_NAME].flatMap((entry) => [...ownNames(entry), ...aliasNames(entry)]),
);
