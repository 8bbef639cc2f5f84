import type { EventEntry } from '../log-events';

/** What the functions tell of themselves. */
export const OPERATION_EVENTS = {
  environment_started: {
    level: 'INFO',
    message: 'Environment started',
    fields: ['function_name', 'function_version', 'memory_mb', 'region', 'stage', 'version'],
  },
  store_failure: { level: 'ERROR', message: 'Store failed', fields: ['step', 'record'] },
  store_connection_lost: {
    level: 'CRITICAL',
    message: 'Connection to the store lost',
    fields: ['store', 'failures'],
    aliases: ['Database connection lost'],
  },
  store_connection_restored: {
    level: 'INFO',
    message: 'Connection to the store restored',
    fields: ['store', 'failures'],
  },
  telemetry_failure: { level: 'ERROR', message: 'Telemetry failed', fields: ['signal'] },
  record_unreadable: { level: 'ERROR', message: 'Ledger record could not be read', fields: ['sequence_number'] },
  failure_reapplied: { level: 'INFO', message: 'Kept failure applied and removed', fields: ['object', 'records'] },
  failure_kept: { level: 'ERROR', message: 'Kept failure could not be applied', fields: ['object'] },
  management_action: { level: 'INFO', message: 'Management action carried out', fields: ['action'] },
  management_refused: { level: 'WARNING', message: 'Management action refused', fields: ['error_code'] },
} as const satisfies Record<string, EventEntry>;
