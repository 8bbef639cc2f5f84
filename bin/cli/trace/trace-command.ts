import { readTraces } from '../../../local/xray/read-traces';
import type { OwnCommand } from '../command';
import { findLocalTraces } from '../local-machine';
import { readId } from '../logs/id';
import { readSince } from '../logs/since';
import type { Asked, Surroundings } from '../run';
import { UsageError } from '../usage-error';
import { formatTrace } from './format-trace';
import { readStackTraces } from './stack-traces';

const A_DAY_MS = 86_400_000;

const find = async (id: string, { stack, region, fields }: Asked, { localFile, now }: Surroundings) => {
  if (stack === undefined) return readTraces(await findLocalTraces(localFile), id);
  const sinceMs = typeof fields.sinceMs === 'number' ? fields.sinceMs : A_DAY_MS;
  return readStackTraces({ region, id, sinceMs, now });
};

const nothingFound = (id: string, stack: string | undefined): string =>
  stack === undefined
    ? `No trace carries the id ${id}. A trace is sent after the answer has ended, and the traces of an earlier run of the machine are gone.`
    : `No trace of the last hours carries the id ${id}. X-Ray keeps a sample of requests, for 30 days, and shows them some seconds later; --since looks further back. The log has every request: logs ${id}.`;

/** Prints the steps of the traces that an id names. */
export const TRACE: OwnCommand = {
  summary: 'print the steps and times of a request, by its id or that of its trace, correlation or session',
  argument: { field: 'id', hint: '<id>' },
  options: {
    since: {
      field: 'sinceMs',
      hint: '<30m|6h|2d>',
      help: 'how far back to look in a stack (default 24h)',
      read: readSince,
    },
  },
  run: async (asked, around) => {
    const id = readId(String(asked.fields.id));
    const traces = await find(id, asked, around);
    if (traces.length === 0) throw new UsageError(nothingFound(id, asked.stack));
    around.out(
      asked.json
        ? JSON.stringify(traces, undefined, 2)
        : traces.map((trace) => formatTrace(trace, around.paint)).join('\n\n'),
    );
  },
};
