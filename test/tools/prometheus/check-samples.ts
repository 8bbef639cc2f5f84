import { EXPOSED_NAMES } from '../../dashboards/exposed-names';
import { line } from './answer';
import type { Points } from './points';
import type { Sight } from './sight';
import { judge, type Verdict } from './verdict';

const isGrowing = ({ name }: Points): boolean => EXPOSED_NAMES.get(name)?.kind !== 'gauge';

/** Holds every sample of every counter and histogram against the ledger. */
export const checkSamples = ({ name: where, points, book }: Sight): Verdict[] =>
  points.filter(isGrowing).map((series) => {
    const verdicts = series.times.map((time, index) =>
      judge(
        { kind: 'samples', what: series.key, where },
        line(book.valueAt(series, time)),
        line(series.values[index] ?? Number.NaN),
      ),
    );
    const [first = judge({ kind: 'samples', what: series.key, where }, [], [])] = verdicts;
    return verdicts.find(({ wrong }) => wrong.length > 0) ?? first;
  });

/** Whether each series begins at 0, so that its first event shows as an increase. */
export const checkBeginnings = ({ name: where, points }: Sight): Verdict[] =>
  points
    .filter(isGrowing)
    .map(({ key, values: [first = Number.NaN] }) =>
      judge({ kind: 'beginning', what: key, where }, line(0), line(first)),
    );
