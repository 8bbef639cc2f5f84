import type { HrTime } from '@opentelemetry/api';
import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { Segment } from '../xray-daemon';

/** A step as a test states it: `name`, an exclamation mark when it failed, and what stands below it, in order. */
export type Tree = { [name: string]: Tree };

/** What a tree says, the same from either side. */
export type Told = {
  tree: Tree;
  /** By the path of names, `chat_completion/cache.lookup`: what is searched for. */
  annotations: Record<string, Record<string, unknown>>;
  /** By the same path: messages of exceptions. */
  exceptions: Record<string, string[]>;
};

/** A step of either side. */
type Read = {
  name: string;
  failed: boolean;
  annotations: Record<string, unknown>;
  exceptions: string[];
  steps: Read[];
};

const isFailed = ({ error, fault, throttle }: Segment): boolean => Boolean(error || fault || throttle);

const operationOf = ({ aws }: Segment): unknown =>
  typeof aws === 'object' && aws !== null && 'operation' in aws ? aws.operation : undefined;

const fromSegment = (segment: Segment): Read => ({
  name: segment.name === 'DynamoDB' ? `DynamoDB.${operationOf(segment)}` : segment.name,
  failed: isFailed(segment),
  annotations: without(segment.annotations ?? {}, 'Service'),
  exceptions: segment.cause?.exceptions.map(({ message }) => message) ?? [],
  steps: (segment.subsegments ?? []).map(fromSegment),
});

const without = (fields: Record<string, unknown>, name: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));

const indexed = ({ attributes }: ReadableSpan): Record<string, unknown> => {
  const names = attributes['aws.xray.annotations'];
  return Object.fromEntries(Array.isArray(names) ? names.map((name) => [String(name), attributes[String(name)]]) : []);
};

const byStart = (a: ReadableSpan, b: ReadableSpan): number => compare(a.startTime, b.startTime);
const compare = ([a, c]: HrTime, [b, d]: HrTime): number => a - b || c - d;

const fromSpan = (span: ReadableSpan, all: readonly ReadableSpan[]): Read => ({
  name: span.name,
  failed: span.status.code === SpanStatusCode.ERROR,
  annotations: indexed(span),
  exceptions: span.events.map(({ attributes }) => String(attributes?.['exception.message'])),
  steps: all
    .filter(({ parentSpanContext }) => parentSpanContext?.spanId === span.spanContext().spanId)
    .sort(byStart)
    .map((child) => fromSpan(child, all)),
});

const tell = (root: Read): Told => {
  const told: Told = { tree: {}, annotations: {}, exceptions: {} };
  const walk = (step: Read, into: Tree, path: string): void => {
    const name = uniqueIn(into, `${step.name}${step.failed ? '!' : ''}`);
    const here = path === '' ? name : `${path}/${name}`;
    const below: Tree = {};
    into[name] = below;
    told.annotations[here] = step.annotations;
    if (step.exceptions.length > 0) told.exceptions[here] = step.exceptions;
    for (const child of step.steps) walk(child, below, here);
  };
  walk(root, told.tree, '');
  return told;
};

/** The second of two steps of one name is `name (2)`. */
const uniqueIn = (tree: Tree, name: string, count = 1): string => {
  const unique = count === 1 ? name : `${name} (${count})`;
  return unique in tree ? uniqueIn(tree, name, count + 1) : unique;
};

/** A tree as indented lines, so that its order counts. */
export const toLines = (tree: Tree, depth = 0): string[] =>
  Object.entries(tree).flatMap(([name, below]) => ['  '.repeat(depth) + name, ...toLines(below, depth + 1)]);

export const tellOfSegment = (segment: Segment): Told => tell(fromSegment(segment));

/** `spans` are those of one trace; its root is the one whose parent is not among them. */
export const tellOfSpans = (spans: readonly ReadableSpan[]): Told => {
  const ids = new Set(spans.map((span) => span.spanContext().spanId));
  const root = spans.find(({ parentSpanContext }) => !ids.has(parentSpanContext?.spanId ?? ''));
  if (root === undefined) throw new Error('No span has come in.');
  return tell(fromSpan(root, spans));
};
