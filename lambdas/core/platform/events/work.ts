import * as v from 'valibot';
import { defineEvent } from '../define-event';
import { driftStatus, EVERY_EVENT, items, name, score, seconds, status, taskStatus, tokens } from '../event-fields';

/** A call of a model that the service hosts itself, measured at the server. */
export const inference = defineEvent('inference', {
  ...EVERY_EVENT,
  model: name,
  status,
  durationSeconds: seconds,
  inputTokens: v.optional(tokens),
  outputTokens: v.optional(tokens),
  batchSize: v.optional(items),
});

export const mcpOperation = defineEvent('mcp_operation', {
  ...EVERY_EVENT,
  server: name,
  operation: name,
  status,
  durationSeconds: seconds,
});

/** `results` is how many entries a search found. */
export const memoryOperation = defineEvent('memory_operation', {
  ...EVERY_EVENT,
  operation: name,
  status,
  durationSeconds: seconds,
  results: v.optional(items),
});

/** The time that one piece of work waited in the service's queue. */
export const queueWait = defineEvent('queue_wait', { ...EVERY_EVENT, durationSeconds: seconds });

/** A background task that has ended, well or not. */
export const task = defineEvent('task', { ...EVERY_EVENT, taskType: name, status: taskStatus });

/** A comparison of a model's answers with what they used to be. */
export const driftCheck = defineEvent('drift_check', {
  ...EVERY_EVENT,
  model: name,
  score,
  /** The score from which the status is `warning`. */
  threshold: v.optional(score),
  status: driftStatus,
  durationSeconds: v.optional(seconds),
});

export const trainingRun = defineEvent('training_run', {
  ...EVERY_EVENT,
  model: name,
  status: taskStatus,
  durationSeconds: v.optional(seconds),
});

export const vectorSearch = defineEvent('vector_search', { ...EVERY_EVENT, store: name, durationSeconds: seconds });
