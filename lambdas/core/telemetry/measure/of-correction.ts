import { METRICS, type Observation } from '../metrics';

/**
 * What a correction adds. Counters never go down, for a falling counter reads as a restart and would count everything
 * again. So what the actual record has more of is added to its series, and what it has less of is counted apart:
 * requests and money that the abandoned record had claimed are "corrected", and the difference is exact.
 * An abandoned record has few histograms, so those of the actual one are added whole.
 */
export const ofCorrection = (abandoned: readonly Observation[], actual: readonly Observation[]): Observation[] => {
  const before = counterTotals(abandoned);
  const after = counterTotals(actual);
  return [
    ...actual.filter((observation) => !isCounter(observation)),
    ...excess(after, before),
    ...excess(before, after).flatMap(toCorrected),
  ];
};

const isCounter = ({ name }: Observation): boolean => METRICS[name].kind === 'counter';

const seriesOf = ({ name, labels }: Observation): string => JSON.stringify([name, Object.entries(labels).sort()]);

/** One observation per series: a request that tried a target twice has two of the same. */
const counterTotals = (observations: readonly Observation[]): Map<string, Observation> => {
  const totals = new Map<string, Observation>();
  for (const observation of observations.filter(isCounter)) {
    const series = seriesOf(observation);
    const amount = observation.amount + (totals.get(series)?.amount ?? 0);
    totals.set(series, { ...observation, amount });
  }
  return totals;
};

/** What `one` has more of than `other`, series by series. */
const excess = (one: ReadonlyMap<string, Observation>, other: ReadonlyMap<string, Observation>): Observation[] =>
  [...one].flatMap(([series, observation]) => {
    const amount = observation.amount - (other.get(series)?.amount ?? 0);
    return amount > 0 ? [{ ...observation, amount }] : [];
  });

const toCorrected = (observation: Observation): Observation[] => {
  const { amount } = observation;
  if (observation.name === 'gateway_cost_usd_total')
    return [{ name: 'gateway_corrected_usd_total', labels: observation.labels, amount }];
  if (observation.name === 'gateway_requests_total') {
    const { provider, model, region } = observation.labels;
    return [{ name: 'gateway_corrected_requests_total', labels: { provider, model, region }, amount }];
  }
  return [];
};
