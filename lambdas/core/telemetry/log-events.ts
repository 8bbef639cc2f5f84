export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** Every event that is logged: its level, and what a person reads. */
export const LOG_EVENTS = {
  request_received: { level: 'INFO', message: 'Request received' },
  routing_decision: { level: 'INFO', message: 'Routing decided' },
  cache_hit: { level: 'INFO', message: 'Answered from the cache' },
  request_completed: { level: 'INFO', message: 'Request completed' },
  request_error: { level: 'ERROR', message: 'Request failed' },
  request_abandoned: { level: 'WARN', message: 'Request abandoned by its process' },
  provider_failed_fallback: { level: 'WARN', message: 'Provider failed, falling back' },
  fallback_success: { level: 'INFO', message: 'Fallback answered' },
  rate_limit_exceeded: { level: 'WARN', message: 'Rate limit exceeded' },
  store_failure: { level: 'ERROR', message: 'Store failed' },
  telemetry_failure: { level: 'ERROR', message: 'Telemetry failed' },
  record_unreadable: { level: 'ERROR', message: 'Ledger record could not be read' },
  failure_reapplied: { level: 'INFO', message: 'Kept failure applied and removed' },
  failure_kept: { level: 'ERROR', message: 'Kept failure could not be applied' },
  management_action: { level: 'INFO', message: 'Management action carried out' },
  management_refused: { level: 'WARN', message: 'Management action refused' },
} as const satisfies Record<string, { level: LogLevel; message: string }>;
