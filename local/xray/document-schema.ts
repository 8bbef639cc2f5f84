import * as v from 'valibot';

const ID = /^[0-9a-f]{16}$/;
const TRACE_ID = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/;
/** Letters, digits, white space and some signs of any language. */
const NAME = /^[\p{L}\p{N}\s_.:/%&#=+\\\-@]{1,200}$/u;
const KEY = /^[A-Za-z0-9_]{1,500}$/;

const id = v.pipe(v.string(), v.regex(ID, 'must be 16 lower-case hex digits'));
const seconds = v.pipe(v.number(), v.finite(), v.minValue(1e9, 'must be seconds since the epoch'));
const annotation = v.union(
  [v.pipe(v.string(), v.maxLength(1_000)), v.pipe(v.number(), v.finite()), v.boolean()],
  'must be a text of at most 1,000 characters, a finite number or a boolean',
);

const exception = v.looseObject({ id, type: v.optional(v.string()), message: v.optional(v.string()) });

const own = {
  id,
  name: v.pipe(v.string(), v.regex(NAME, 'has a character that a name may not have, or more than 200 of them')),
  start_time: seconds,
  end_time: v.optional(seconds),
  in_progress: v.optional(v.literal(true)),
  origin: v.optional(v.string()),
  error: v.optional(v.boolean()),
  throttle: v.optional(v.boolean()),
  fault: v.optional(v.boolean()),
  annotations: v.optional(
    v.record(v.pipe(v.string(), v.regex(KEY, 'is no key: letters, digits and underscores only')), annotation),
  ),
  metadata: v.optional(v.record(v.string(), v.unknown())),
  cause: v.optional(v.union([id, v.looseObject({ exceptions: v.optional(v.array(exception)) })])),
  http: v.optional(v.looseObject({ response: v.optional(v.looseObject({ status: v.optional(v.number()) })) })),
  aws: v.optional(v.looseObject({ operation: v.optional(v.string()), table_name: v.optional(v.string()) })),
};

/** A step within another. */
export type Subsegment = v.InferOutput<v.ObjectSchema<typeof own, undefined>> & {
  namespace?: 'aws' | 'remote' | undefined;
  subsegments?: Subsegment[] | undefined;
};

const subsegment: v.GenericSchema<unknown, Subsegment> = v.looseObject({
  ...own,
  namespace: v.optional(v.picklist(['aws', 'remote'])),
  subsegments: v.optional(v.array(v.lazy(() => subsegment))),
});

/** What the daemon takes at once: a segment, or a step of one that is told later. */
export const documentSchema = v.looseObject({
  ...own,
  trace_id: v.pipe(v.string(), v.regex(TRACE_ID, 'must read 1-<8 hex digits>-<24 hex digits>')),
  parent_id: v.optional(id),
  type: v.optional(v.literal('subsegment')),
  namespace: v.optional(v.picklist(['aws', 'remote'])),
  subsegments: v.optional(v.array(subsegment)),
});

export type TraceDocument = v.InferOutput<typeof documentSchema>;
