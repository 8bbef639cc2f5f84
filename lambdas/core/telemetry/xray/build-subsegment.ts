import { toErrorChain } from '../error-chain';
import { toErrorFields } from '../error-fields';
import { redact, redactText } from '../redact';
import { toSourceNames } from '../source-names';
import type { Step } from '../step';
import type { LoadedTracer, Subsegment } from './load-tracer';

/**
 * A step with all below it, as subsegments that Powertools' Tracer has annotated. The Tracer knows one current step for
 * the whole process: nothing here may wait.
 */
export const buildSubsegment = (step: Step, loaded: LoadedTracer): Subsegment => {
  const subsegment = new loaded.Subsegment(step.name);
  subsegment.id = step.id;
  describe(subsegment, step, loaded.tracer);
  for (const child of step.steps) subsegment.addSubsegment(buildSubsegment(child, loaded));
  return subsegment;
};

const describe = (subsegment: Subsegment, step: Step, tracer: LoadedTracer['tracer']): void => {
  tracer.setSegment(subsegment);
  for (const [key, value] of Object.entries(step.annotations)) {
    tracer.putAnnotation(toIndexedKey(key), typeof value === 'string' ? redactText(value) : value);
  }
  const metadata = { ...toSourceNames(step.annotations), ...step.metadata };
  for (const [key, value] of Object.entries(metadata)) tracer.putMetadata(key, redact(value));
  // The Tracer puts each before those that it has.
  for (const error of step.errors.flatMap(toErrorChain).reverse()) {
    tracer.addErrorAsMetadata(toCleanError(error), step.call !== undefined);
  }
};

/** X-Ray indexes keys of letters, digits and underscores only. */
const toIndexedKey = (key: string): string => key.replace(/[^A-Za-z0-9_]/g, '_');

/** An error as logs show it, too: no secrets, no upstream bodies. */
const toCleanError = (error: unknown): Error => {
  const { name, message, stack } = toErrorFields(error);
  // What it was made of is not copied; a stack of its own would point here.
  return { name, message, ...(stack === undefined ? {} : { stack: `${name}\n${stack}` }) };
};
