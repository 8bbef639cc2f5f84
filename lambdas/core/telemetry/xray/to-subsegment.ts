import { toErrorFields } from '../error-fields';
import { redact, redactText } from '../redact';
import type { Step } from '../step';
import { errorFlags } from './error-flags';
import type { Segment, Subsegment, XRayClasses } from './load-classes';

/** Service map nodes: steps whose names begin so are calls of something else. */
const REMOTE = /^(bedrock|dynamodb)\./;

/** A step, without those below it, as a subsegment of `parent`. Metadata stands under `namespace`. */
export const toSubsegment = (
  step: Step,
  parent: Segment | Subsegment,
  { classes, namespace }: { classes: XRayClasses; namespace: string },
): Subsegment => {
  const subsegment = new classes.Subsegment(step.name);
  const endedAt = step.endedAt ?? step.startedAt;
  Object.assign(subsegment, {
    id: step.id,
    start_time: step.startedAt / 1000,
    end_time: endedAt / 1000,
    ...(REMOTE.test(step.name) ? { namespace: 'remote' } : {}),
  });
  delete subsegment.in_progress;
  parent.addSubsegment(subsegment);
  for (const [key, value] of Object.entries(step.annotations)) {
    subsegment.addAnnotation(toIndexedKey(key), typeof value === 'string' ? redactText(value) : value);
  }
  for (const [key, value] of Object.entries(step.metadata)) subsegment.addMetadata(key, redact(value), namespace);
  for (const error of step.errors) addError(subsegment, error);
  return subsegment;
};

/** X-Ray indexes keys of letters, digits and underscores only. */
const toIndexedKey = (key: string): string => key.replace(/[^A-Za-z0-9_]/g, '_');

const addError = (subsegment: Subsegment, error: unknown): void => {
  const { name, message, stack } = toErrorFields(error);
  subsegment.addError({ name, message, ...(stack === undefined ? {} : { stack: `${name}\n${stack}` }) });
  // The SDK calls every error a fault.
  Object.assign(subsegment, { fault: undefined, ...errorFlags(error) });
};
