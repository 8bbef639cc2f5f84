import { toErrorChain } from '../error-chain';
import { toErrorFields } from '../error-fields';
import { redact, redactText } from '../redaction/redact';
import { toSourceNames } from '../source-names';
import type { Step } from '../step';
import type { LoadedTracer, Subsegment } from './load-tracer';

const WRITTEN = ['cause', 'annotations', 'metadata'] as const;

/** What the Tracer makes of the facts of a step, as they stand in X-Ray's documents. */
export type WrittenFacts = Readonly<Partial<Record<(typeof WRITTEN)[number], unknown>>>;

/**
 * Writes the facts of a step through Powertools' Tracer. The Tracer knows one current step for the whole process:
 * nothing here may wait.
 */
export const writeFacts = (step: Step, { tracer, Subsegment }: LoadedTracer, place: 'root' | 'below'): WrittenFacts => {
  if (place === 'below' && isBare(step)) return {};
  const subsegment = new Subsegment(step.name);
  tracer.setSegment(subsegment);
  if (place === 'root') tracer.addServiceNameAnnotation();
  for (const [key, value] of Object.entries(step.annotations)) {
    tracer.putAnnotation(toIndexedKey(key), typeof value === 'string' ? redactText(value) : value);
  }
  const metadata = { ...toSourceNames(step.annotations), ...step.metadata };
  for (const [key, value] of Object.entries(metadata)) tracer.putMetadata(key, redact(value));
  // The Tracer puts each before those that it has.
  for (const error of step.errors.flatMap(toErrorChain).reverse()) {
    tracer.addErrorAsMetadata(toCleanError(error), step.call !== undefined);
  }
  return factsOf(subsegment);
};

const isBare = ({ annotations, metadata, errors }: Step): boolean =>
  errors.length === 0 && isEmpty(annotations) && isEmpty(metadata);

const isEmpty = (facts: object): boolean => {
  for (const _ in facts) return false;
  return true;
};

const NOT_INDEXED = /[^A-Za-z0-9_]/g;

/** X-Ray indexes keys of letters, digits and underscores only. */
const toIndexedKey = (key: string): string => key.replace(NOT_INDEXED, '_');

/** An error as logs show it, too: no secrets, no upstream bodies. */
const toCleanError = (error: unknown): Error => {
  const { name, message, stack } = toErrorFields(error);
  // What it was made of is not copied; a stack of its own would point here.
  return { name, message, ...(stack === undefined ? {} : { stack: `${name}\n${stack}` }) };
};

/** The SDK's types do not tell of them. */
const factsOf = (subsegment: Subsegment): WrittenFacts =>
  Object.fromEntries(WRITTEN.filter((name) => name in subsegment).map((name) => [name, Reflect.get(subsegment, name)]));
