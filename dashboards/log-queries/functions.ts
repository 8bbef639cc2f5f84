import type { LogQuery } from '../log-query';

/** How the functions themselves fare. */
export const FUNCTION_QUERIES = [
  {
    folder: 'Functions',
    title: 'All lines of the gateway',
    answers: 'What did the gateway log lately?',
    asked: [
      { system: 'Proxy Agent Platform', in: 'LogQL', fault: 'it selects by a label that its collector does not set.' },
    ],
    over: ['gateway'],
    text: `fields @timestamp, @message
| sort @timestamp desc
| limit 1000`,
  },
  {
    folder: 'Functions',
    title: 'Lines by service, level and logger',
    answers: 'Who logs how much, and at which level?',
    asked: [{ system: 'AI Platform', in: 'LogQL' }],
    over: 'all',
    text: `filter ispresent(level) and ispresent(logger)
| stats count(*) as lines by service, level, logger
| sort lines desc`,
  },
  {
    folder: 'Functions',
    title: 'Lines that mention tracing',
    answers: 'Why do traces not arrive?',
    asked: [{ system: 'Model Gateway', in: 'container logs' }],
    over: 'all',
    text: `fields @timestamp, logger, event, @message
| filter ispresent(event) and (@message like /(?i)tracing/ or signal = "trace")
| sort @timestamp desc
| limit 100`,
  },
  {
    folder: 'Functions',
    title: 'Telemetry that failed',
    answers: 'Which metrics, traces or records could not be sent or read?',
    over: 'all',
    text: `fields @timestamp, logger, event, signal, error_type, error_message
| filter event in ["telemetry_failure", "record_unreadable", "failure_kept"]
| sort @timestamp desc
| limit 100`,
  },
  {
    folder: 'Functions',
    title: 'Invocations by function',
    answers:
      'How often does each function run, fail and start cold, how long does it take, and how much memory does it need?',
    over: 'all',
    text: `filter type = "platform.report"
| stats count(*) as invocations, sum(record.status != "success") as failed, count(record.metrics.initDurationMs) as cold_starts,
        pct(record.metrics.durationMs, 95) as p95_ms, max(record.metrics.maxMemoryUsedMB) as most_memory_mb by @log
| sort invocations desc`,
  },
  {
    folder: 'Functions',
    title: 'What operators did',
    answers: 'Which keys and accounts were created, changed and revoked, and what was refused?',
    over: ['management'],
    text: `fields @timestamp, event, action, account_id, key_id, error_code
| filter event in ["management_action", "management_refused"]
| sort @timestamp desc
| limit 1000`,
  },
] as const satisfies readonly LogQuery[];
