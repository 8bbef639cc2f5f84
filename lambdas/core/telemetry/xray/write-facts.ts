import { toErrorChain } from '../error-chain';
import { toErrorFields } from '../error-fields';
import { redactFields, redactText } from '../redaction/redact';
import { toSourceNames } from '../source-names';
import type { Step } from '../step';
import type { LoadedTracer } from './load-tracer';

/** The facts of a step as they stand in X-Ray's documents. */
export type WrittenFacts = Readonly<Partial<Record<'cause' | 'annotations' | 'metadata', unknown>>>;

/**
 * Writes the facts of a step through Powertools' Tracer. The Tracer knows one current step for the whole process:
 * nothing here may wait.
 */
export const writeFacts = (
  step: Step,
  { tracer, form, serviceName }: LoadedTracer,
  place: 'root' | 'below',
): WrittenFacts => {
  if (place === 'below' && isBare(step)) return {};
  tracer.setSegment(form);
  if (place === 'root') tracer.addServiceNameAnnotation();
  for (const [key, value] of Object.entries(step.annotations)) {
    tracer.putAnnotation(toIndexedKey(key), typeof value === 'string' ? redactText(value) : value);
  }
  // The Tracer puts each before those that it has.
  for (const error of step.errors.flatMap(toErrorChain).reverse()) {
    tracer.addErrorAsMetadata(toCleanError(error), step.call !== undefined);
  }
  return { ...takeFrom(form), ...toMetadata(step, serviceName) };
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

/** Where the Tracer would put it; in one go, because it reads the process's environment for every value. */
const toMetadata = ({ annotations, metadata }: Step, service: string): WrittenFacts => {
  const facts = { ...toSourceNames(annotations), ...metadata };
  return isEmpty(facts) ? {} : { metadata: { [service]: redactFields(facts) } };
};

/** What the Tracer has written there, which is blank again afterwards. The SDK's types do not tell of it. */
const takeFrom = (form: LoadedTracer['form'] & Written): WrittenFacts => {
  const { annotations, cause } = form;
  form.annotations = undefined;
  form.cause = undefined;
  return { ...(cause !== undefined && { cause }), ...(annotations !== undefined && { annotations }) };
};

type Written = { annotations?: unknown; cause?: unknown };
