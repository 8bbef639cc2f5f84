import type { OwnCommand } from '../command';
import { findLocalLogs } from '../local-machine';
import type { Option } from '../option';
import type { Asked, Surroundings } from '../run';
import { UsageError } from '../usage-error';
import { followLocalLogs } from './follow-local-logs';
import { formatLine } from './format-line';
import { formatLines } from './format-lines';
import { hasId, readId } from './id';
import { type Line, readLine } from './line';
import { readLocalLines } from './local-logs';
import { readSince } from './since';
import { queryStackLogs } from './stack-logs';

const A_DAY_MS = 86_400_000;

const OPTIONS: Readonly<Record<string, Option>> = {
  since: {
    field: 'sinceMs',
    hint: '<30m|6h|2d>',
    help: 'how far back to look in a stack (default 24h)',
    read: readSince,
  },
  follow: { field: 'follow', help: 'go on printing what the local machine logs', read: () => true },
};

const follow = async (id: string | undefined, { stack, json }: Asked, around: Surroundings): Promise<void> => {
  if (stack !== undefined) {
    throw new UsageError(
      '--follow is for the local machine. For a stack use Live Tail in the CloudWatch console, or aws logs start-live-tail.',
    );
  }
  await followLocalLogs({
    directory: await findLocalLogs(around.localFile),
    wait: around.wait,
    signal: around.signal,
    onLine: (text) => {
      const line = readLine(text);
      if (line && (id === undefined || hasId(line, id)))
        around.out(json ? text : formatLine(line, { paint: around.paint, withRequest: true }));
      // What is no JSON was not written by the logger: a crash, most of the time.
      else if (id === undefined && !text.startsWith('{')) around.out(text);
    },
  });
};

const search = async (id: string, { stack, region, fields }: Asked, around: Surroundings): Promise<Line[]> => {
  if (stack === undefined) {
    const lines = await readLocalLines(await findLocalLogs(around.localFile));
    return lines.filter((line) => hasId(line, id));
  }
  const sinceMs = typeof fields.sinceMs === 'number' ? fields.sinceMs : A_DAY_MS;
  return queryStackLogs({ stack, region, id, sinceMs, now: around.now, wait: around.wait });
};

const nothingFound = (id: string, stack: string | undefined): string => {
  const soon = 'The last line of a request is written after its answer has ended';
  return stack === undefined
    ? `No line carries the id ${id}. ${soon}, and the lines of an earlier run of the machine are gone.`
    : `No line of ${stack} carries the id ${id}. ${soon} and can be found some seconds later; --since looks further back.`;
};

/** Prints the lines of one request, of one chain of requests, of a session or of a trace. */
export const LOGS: OwnCommand = {
  summary: 'print what was logged under an id: of a request, a correlation, a session or a trace',
  argument: { field: 'id', hint: '<id>', optional: true },
  options: OPTIONS,
  run: async (asked, around) => {
    const id = typeof asked.fields.id === 'string' ? readId(asked.fields.id) : undefined;
    if (asked.fields.follow === true) return follow(id, asked, around);
    if (id === undefined) throw new UsageError('logs needs an <id>, or --follow.');
    const lines = await search(id, asked, around);
    if (lines.length === 0) throw new UsageError(nothingFound(id, asked.stack));
    around.out(asked.json ? lines.map(({ text }) => text).join('\n') : formatLines(lines, around.paint));
  },
};
