import type { EventEntry } from '../log-events';

/** What the services around the gateway tell through the library. */
export const LIBRARY_EVENTS = {
  model_health: {
    level: 'INFO',
    raised: { to: 'WARNING', when: ({ available }) => available === false, because: 'the model does not answer' },
    message: 'Model health checked',
    fields: ['model', 'provider', 'region', 'available', 'duration_ms', 'reason'],
  },
  inference_completed: {
    level: 'INFO',
    message: 'Inference completed',
    fields: ['model', 'batch_size', 'duration_ms', 'status', 'input_tokens', 'output_tokens'],
  },
  mcp_operation: {
    level: 'INFO',
    raised: { to: 'ERROR', when: ({ status }) => status === 'error', because: 'the operation failed' },
    message: 'MCP operation carried out',
    fields: ['server', 'operation', 'duration_ms', 'status', 'error_type'],
  },
  memory_operation: {
    level: 'INFO',
    raised: { to: 'ERROR', when: ({ status }) => status === 'error', because: 'the operation failed' },
    message: 'Memory operation carried out',
    fields: ['operation', 'store', 'duration_ms', 'status', 'error_type'],
  },
  drift_checked: {
    level: 'INFO',
    raised: {
      to: 'WARNING',
      when: ({ drift_score = 0, threshold = Number.POSITIVE_INFINITY }) => drift_score > threshold,
      because: 'the score exceeds the threshold',
    },
    message: 'Drift checked',
    fields: ['model', 'drift_score', 'threshold'],
  },
  task_created: {
    level: 'INFO',
    message: 'Task created',
    fields: ['task_id', 'user_id', 'task_type', 'priority', 'queue'],
  },
} as const satisfies Record<string, EventEntry>;
