import { ENDED, ENDS_REQUESTS, type LogQuery } from '../log-query';

const WHAT_HAPPENED =
  'fields @timestamp, level, logger, event, request_id, status_code, error_code, duration_ms, @message';
const WHAT_WAS_ASKED =
  'fields @timestamp, request_id, endpoint, model, status_code, error_code, duration_ms, total_tokens, cost_usd';

/** All that happened under one id. */
export const FIND_QUERIES = [
  {
    folder: 'Find',
    title: 'One request',
    answers: 'What happened in one request, from its first line to its last?',
    over: 'all',
    parameters: [{ name: 'request_id', description: 'The X-Fluxgate-Request-ID of the answer.' }],
    text: `${WHAT_HAPPENED}
| filter request_id = "{{request_id}}"
| sort @timestamp asc
| limit 1000`,
  },
  {
    folder: 'Find',
    title: 'One correlation id',
    answers: 'What happened in all requests of one chain?',
    over: 'all',
    parameters: [{ name: 'correlation_id', description: 'The X-Correlation-ID of the requests.' }],
    text: `${WHAT_HAPPENED}
| filter correlation_id = "{{correlation_id}}"
| sort @timestamp asc
| limit 1000`,
  },
  {
    folder: 'Find',
    title: 'One session',
    answers: 'What was asked in one session, in order?',
    asked: [{ system: 'Model Gateway', in: 'Kibana' }],
    over: ENDS_REQUESTS,
    parameters: [{ name: 'session_id', description: 'The X-Session-ID of the requests.' }],
    text: `${WHAT_WAS_ASKED}
| filter session_id = "{{session_id}}" and ${ENDED}
| sort @timestamp asc
| limit 1000`,
  },
  {
    folder: 'Find',
    title: 'One user',
    answers: 'What did one end user ask for?',
    asked: [
      {
        system: 'Proxy Agent Platform',
        in: 'LogQL',
        fault: 'its lines stay wrapped in what the container runtime puts around them, so the field is not found.',
      },
    ],
    over: ENDS_REQUESTS,
    parameters: [{ name: 'user_id', description: 'What clients send as user.' }],
    text: `${WHAT_WAS_ASKED}
| filter user_id = "{{user_id}}" and ${ENDED}
| sort @timestamp asc
| limit 1000`,
  },
  {
    folder: 'Find',
    title: 'One key',
    answers: 'What did one API key ask for lately?',
    over: ENDS_REQUESTS,
    parameters: [{ name: 'key_id', description: 'The id of the key, as keys list shows it.' }],
    text: `${WHAT_WAS_ASKED}
| filter key_id = "{{key_id}}" and ${ENDED}
| sort @timestamp desc
| limit 1000`,
  },
  {
    folder: 'Find',
    title: 'One trace',
    answers: 'What was logged in one trace?',
    over: 'all',
    parameters: [
      {
        name: 'trace_id',
        description: 'Its 32 digits; of a recorded one also as X-Ray writes it: 1-, 8 digits, -, 24 digits.',
      },
    ],
    text: `${WHAT_HAPPENED}
| filter trace_id = "{{trace_id}}" or xray_trace_id = "{{trace_id}}"
| sort @timestamp asc
| limit 1000`,
  },
] as const satisfies readonly LogQuery[];
