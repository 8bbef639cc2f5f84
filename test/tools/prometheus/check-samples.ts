import { EXPOSED_NAMES } from '../../dashboards/exposed-names';
import { line } from './answer';
import type { Sight } from './sight';
import type { Verdict } from './verdict';
import { judge } from './verdict';

/** Holds every sample of every counter and histogram against the ledger, wherever it is known what it has to be. */
export const checkSamples = ({ name: where, points, book }: Sight): Verdict[] =>
  points
    .filter(({ name }) => EXPOSED_NAMES.get(name)?.kind !== 'gauge')
    .map((series) => {
      const known = series.times.flatMap((time, index) =>
        book.isKnown(time) ? [{ time, value: series.values[index] ?? Number.NaN }] : [],
      );
      const wrong = known
        .map(({ time, value }) => judge({ what: series.key, where }, line(book.valueAt(series, time)), line(value)))
        .find((verdict) => verdict.wrong.length > 0);
      const begins = series.values[0] ?? Number.NaN;
      return wrong ?? judge({ what: `${series.key} begins at 0`, where }, line(0), line(begins));
    });
