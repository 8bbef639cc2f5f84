import { byGroup, countMatching, total } from './compare';
import type { Expected } from './facts';

export const OF_FUNCTIONS = {
  'All lines of the gateway': (rows, { lines, logOf }) => ({
    found: rows.length,
    expected: lines.filter(({ log }) => log === logOf('gateway')).length,
  }),
  'Lines by service, level and logger': (rows, facts) => ({
    found: total(rows, 'lines'),
    expected: countMatching(facts, /"logger":/),
  }),
  'Lines that mention tracing': (rows, facts) => ({
    found: rows.length,
    expected: countMatching(facts, /"correlation_id":"a-chain-about-tracing"/),
  }),
  'Telemetry that failed': (rows) => ({
    found: rows.map(({ logger, event, signal }) => [logger, event, signal]),
    expected: [['sweeper', 'telemetry_failure', 'emf']],
  }),
  'Invocations by function': (rows, { lines, logOf }) => ({
    found: [byGroup(rows, ['@log'], 'invocations')[logOf('gateway')], total(rows, 'failed')],
    expected: [
      lines.filter(({ log, message }) => log === logOf('gateway') && message.includes('platform.report')).length,
      0,
    ],
  }),
  'What operators did': (rows, { load }) => ({
    found: [
      rows.filter(({ action, key_id }) => action === 'keys.create' && key_id === load.key.keyId).length,
      rows.filter(({ event }) => event === 'management_refused').map(({ error_code }) => error_code),
    ],
    expected: [1, ['not_found']],
  }),
} satisfies Expected;
