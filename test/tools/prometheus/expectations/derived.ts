import type { RequestRecord } from '../../../../lambdas/core/ledger/record';
import { type Answer, divide, having, line, plus, times } from '../answer';
import { type Expectation, type Known, MINUTES_5 } from '../expectation';
import type { Labels } from '../ledger-series';
import type { Question } from '../truth';

const TARGET = ['provider', 'model', 'region'];
const calls = 'gateway_provider_requests_total';

/** Shares that are shown have so many decimals, and no more of a share than there is. */
const shown = (part: number, whole: number): number => Math.floor((part / whole) * 1e6 + 1e-9) / 1e6;

const count = <Item>(items: readonly Item[], isCounted: (item: Item) => boolean): number =>
  items.filter(isCounted).length;

type Group<Item> = { labels: Labels; items: Item[] };

const groupBy = <Item>(items: readonly Item[], toLabels: (item: Item) => Labels): Group<Item>[] => {
  const groups = new Map<string, Group<Item>>();
  for (const item of items) {
    const labels = toLabels(item);
    const key = JSON.stringify(labels);
    const group = groups.get(key) ?? { labels, items: [] };
    group.items.push(item);
    groups.set(key, group);
  }
  return [...groups.values()];
};

/** What /metrics shows: the whole load lies within its five minutes. */
const availabilityShown = (records: readonly RequestRecord[], by: readonly string[]): Answer =>
  groupBy(
    records.flatMap(({ attempts }) => attempts),
    ({ provider, model, region }) => pick({ provider, model, region }, by),
  ).flatMap(({ labels, items }) =>
    line(
      shown(
        count(items, ({ outcome }) => outcome === 'success'),
        items.length,
      ),
      labels,
    ),
  );

const pick = (labels: Labels, by: readonly string[]): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([label]) => by.includes(label)));

/** What a rule records: the share of successes, and `idle` for a model without calls. */
const shareOfCalls = (
  { truth }: Known,
  statuses: readonly string[],
  { by, idle }: { by: string[]; idle: number },
): Answer => {
  const wanted: Question = { by, where: { status: statuses } };
  const none = times(truth.rate(calls, MINUTES_5, { by }), 0);
  const part = plus(none, withZeros(truth.rate(calls, MINUTES_5, wanted), none));
  const share = divide(part, truth.rate(calls, MINUTES_5, { by }));
  return share.map(({ labels, values }) => ({ labels, values: values.map((one) => (Number.isNaN(one) ? idle : one)) }));
};

/** `answer`, and 0 for the lines that only `zeros` has. */
const withZeros = (answer: Answer, zeros: Answer): Answer => {
  const present = new Set(answer.map(({ labels }) => JSON.stringify(labels)));
  return [...answer, ...zeros.filter(({ labels }) => !present.has(JSON.stringify(labels)))];
};

export const availability =
  (by: string[] = TARGET): Expectation =>
  (known) =>
    known.derived === 'shown'
      ? availabilityShown(known.records, by)
      : shareOfCalls(known, ['success'], { by, idle: 1 });

export const errorRatio =
  (by: string[] = TARGET): Expectation =>
  (known) =>
    known.derived === 'shown'
      ? availabilityShown(known.records, by).map(({ labels, values }) => ({
          labels,
          values: values.map((value) => 1 - value),
        }))
      : shareOfCalls(known, ['error', 'rate_limited'], { by, idle: 0 });

export const hitRatioByModel: Expectation = ({ truth, records, derived }) => {
  if (derived === 'shown') {
    const asked = records.filter(({ cache }) => cache === 'hit' || cache === 'miss');
    return groupBy(asked, ({ model }) => ({ model })).flatMap(({ labels, items }) =>
      line(
        shown(
          count(items, ({ cache }) => cache === 'hit'),
          items.length,
        ),
        labels,
      ),
    );
  }
  return hitRatioOfModels(truth, MINUTES_5);
};

/** The share by model, from counters. */
export const hitRatioOfModels = (truth: Known['truth'], seconds: number): Answer => {
  const found = truth.rate('cache_hits_total', seconds, {
    by: ['model'],
    where: { cache_type: ['exact', 'semantic'] },
  });
  const missed = truth.rate('cache_misses_total', seconds, { by: ['model'], where: { cache_type: ['all'] } });
  const hits = withZeros(found, times(missed, 0));
  const ratio = divide(hits, plus(hits, withZeros(missed, times(found, 0))));
  return having(ratio, (value) => !Number.isNaN(value));
};
