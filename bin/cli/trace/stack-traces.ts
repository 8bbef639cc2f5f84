import * as v from 'valibot';
import { type AssembledTrace, assembleTrace } from '../../../local/xray/assemble-trace';
import { documentSchema, type TraceDocument } from '../../../local/xray/document-schema';
import { explainAwsError } from '../explain-aws-error';

export type StackTraces = {
  region: string | undefined;
  id: string;
  /** How far back, in milliseconds. */
  sinceMs: number;
  now(): number;
};

/** X-Ray looks at six hours at a time. */
const WINDOW_MS = 6 * 3_600_000;
/** Of `BatchGetTraces`. */
const MOST_AT_ONCE = 5;

const SEARCHED = ['request_id', 'correlation_id', 'session_id'] as const;

/** The traces in X-Ray that `id` names, read with the user's own AWS configuration. Throws `UsageError`. */
export const readStackTraces = async (asked: StackTraces): Promise<AssembledTrace[]> => {
  // Loaded here, because every other command starts faster without it.
  const { BatchGetTracesCommand, GetTraceSummariesCommand, XRayClient } = await import('@aws-sdk/client-xray');
  const client = new XRayClient({ region: asked.region });

  const search = async (EndTime: Date): Promise<string[]> => {
    const StartTime = new Date(EndTime.getTime() - WINDOW_MS);
    const found: string[] = [];
    let NextToken: string | undefined;
    do {
      const command = new GetTraceSummariesCommand({
        StartTime,
        EndTime,
        FilterExpression: toFilter(asked.id),
        NextToken,
      });
      const page = await client.send(command);
      found.push(...(page.TraceSummaries ?? []).flatMap(({ Id }) => Id ?? []));
      NextToken = page.NextToken;
    } while (NextToken);
    return found;
  };

  const read = async (TraceIds: string[]): Promise<AssembledTrace[]> => {
    const { Traces = [] } = await client.send(new BatchGetTracesCommand({ TraceIds }));
    return Traces.map(({ Id = '', Segments = [] }) =>
      assembleTrace(
        Id,
        Segments.flatMap(({ Document = '' }) => readDocument(Id, Document)),
      ),
    );
  };

  try {
    const ids = toTraceIds(asked.id) ?? (await searchWindows(asked, search));
    return ids.length === 0 ? [] : await read(ids.slice(0, MOST_AT_ONCE));
  } catch (cause) {
    throw explainAwsError(cause, 'X-Ray could not be asked');
  }
};

/** A trace id, in either way of writing it, needs no search. */
const toTraceIds = (id: string): string[] | undefined => {
  const [, seconds, rest] = /^(?:1-)?([0-9a-f]{8})-?([0-9a-f]{24})$/.exec(id) ?? [];
  return seconds === undefined || rest === undefined ? undefined : [`1-${seconds}-${rest}`];
};

const toFilter = (id: string): string => SEARCHED.map((name) => `annotation.${name} = "${id}"`).join(' OR ');

const searchWindows = async (
  { sinceMs, now }: StackTraces,
  search: (endTime: Date) => Promise<string[]>,
): Promise<string[]> => {
  const until = now();
  for (let back = 0; back < sinceMs; back += WINDOW_MS) {
    const found = await search(new Date(until - back));
    if (found.length > 0) return found;
  }
  return [];
};

/** What services write into a trace is theirs; a segment that makes no sense here is left out. */
const readDocument = (traceId: string, text: string): TraceDocument[] => {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown())), text);
  const document = v.safeParse(documentSchema, read.success ? { trace_id: traceId, ...read.output } : undefined);
  return document.success ? [document.output] : [];
};
