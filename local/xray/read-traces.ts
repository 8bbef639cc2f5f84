import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { type AssembledTrace, assembleTrace } from './assemble-trace';
import { documentSchema, type TraceDocument } from './document-schema';

/** Who is looked for: a trace, in either way of writing it, or a request, by one of its ids. */
const SEARCHED = ['request_id', 'correlation_id', 'session_id'] as const;

/**
 * The traces in the file of a machine that `id` names: a trace id as W3C or X-Ray writes it, or the id of a request, a
 * correlation or a session. What is no document of X-Ray is passed over.
 */
export const readTraces = async (file: string, id: string): Promise<AssembledTrace[]> => {
  const documents = (await readFile(file, 'utf8')).split('\n').flatMap(readDocument);
  const found = new Set(documents.filter((document) => isOf(document, id)).map(({ trace_id }) => trace_id));
  return [...found].map((traceId) =>
    assembleTrace(
      traceId,
      documents.filter(({ trace_id }) => trace_id === traceId),
    ),
  );
};

const readDocument = (line: string): TraceDocument[] => {
  if (line === '') return [];
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), documentSchema), line);
  return read.success ? [read.output] : [];
};

const isOf = ({ trace_id, annotations = {} }: TraceDocument, id: string): boolean =>
  trace_id === id || trace_id.slice(2).replace('-', '') === id || SEARCHED.some((name) => annotations[name] === id);
