import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { LocalMachine } from '../../support/local-machine';

type Subsegment = { name: string; start_time: number; end_time: number; subsegments?: Subsegment[] | undefined };

const subsegment: v.GenericSchema<unknown, Subsegment> = v.looseObject({
  name: v.string(),
  start_time: v.number(),
  end_time: v.number(),
  subsegments: v.optional(v.array(v.lazy(() => subsegment))),
});

const segment = v.looseObject({
  id: v.string(),
  trace_id: v.string(),
  parent_id: v.optional(v.string()),
  name: v.string(),
  origin: v.optional(v.string()),
  start_time: v.number(),
  end_time: v.number(),
  annotations: v.optional(v.record(v.string(), v.unknown())),
  subsegments: v.optional(v.array(subsegment)),
});

export type Segment = v.InferOutput<typeof segment>;
export type Tree = { [name: string]: Tree };

/** Every document of one trace (32 hex digits) that has reached the X-Ray daemon. */
export const documentsOf = ({ tracesFile }: LocalMachine, traceId: string): Segment[] =>
  readFileSync(tracesFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => v.parse(segment, JSON.parse(line)))
    .filter(({ trace_id }) => trace_id === `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`);

/** What stands below a document, by name. */
export const treeOf = ({ subsegments = [] }: Pick<Subsegment, 'subsegments'>): Tree =>
  Object.fromEntries(subsegments.map((child) => [child.name, treeOf(child)]));
