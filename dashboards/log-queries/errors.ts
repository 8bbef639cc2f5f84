import { ENDS_REQUESTS, type LogQuery } from '../log-query';

/** What went wrong, and for whom. */
export const ERROR_QUERIES = [
  {
    folder: 'Errors',
    title: 'Failed requests',
    answers: 'Which requests failed, for whom, and why?',
    asked: [
      {
        system: 'FluxAI',
        in: 'Logs Insights',
        fault: 'its documented lines have neither `error_type` nor `error_message`.',
      },
    ],
    over: 'all',
    text: `fields @timestamp, account_id, key_id, error_type, error_message
| filter event = "request_error"
| sort @timestamp desc
| limit 100`,
  },
  {
    folder: 'Errors',
    title: 'Errors of one correlation id',
    answers: 'What went wrong in one chain of requests?',
    asked: [{ system: 'Model Gateway', in: 'Kibana' }],
    over: 'all',
    parameters: [{ name: 'correlation_id', description: 'The X-Correlation-ID of the requests.' }],
    text: `fields @timestamp, logger, event, error_code, error_type, error_message, request_id
| filter correlation_id = "{{correlation_id}}" and level = "ERROR"
| sort @timestamp asc
| limit 100`,
  },
  {
    folder: 'Errors',
    title: 'Error lines',
    answers: 'What do the functions call an error?',
    asked: [
      {
        system: 'Proxy Agent Platform',
        in: 'LogQL',
        fault: 'it looks for "ERROR" in the text, where its logger writes "error".',
      },
    ],
    over: 'all',
    text: `fields @timestamp, logger, level, event, error_code, error_message
| filter level in ["ERROR", "CRITICAL"]
| sort @timestamp desc
| limit 1000`,
  },
  {
    folder: 'Errors',
    title: 'Last 100 errors',
    answers: 'What were the last 100 lines at level ERROR, whole?',
    asked: [
      {
        system: 'ChoreoAI',
        in: 'container logs',
        fault: 'it looks for errors among the last 100 lines, instead of the last 100 errors.',
      },
    ],
    over: 'all',
    text: `fields @timestamp, @message
| filter level = "ERROR"
| sort @timestamp desc
| limit 100`,
  },
  {
    folder: 'Errors',
    title: 'Server errors per second',
    answers: 'How many requests per second ended with a 5xx?',
    asked: [
      {
        system: 'Proxy Agent Platform',
        in: 'LogQL',
        fault: 'it counts lines, of which a request has several, by a field `status` that no line has.',
      },
    ],
    over: ENDS_REQUESTS,
    text: `filter event in ["request_completed", "request_error"] and status_code >= 500
| stats sum(requests) / 300 as per_second by bin(5m) as time
| sort time desc`,
  },
  {
    folder: 'Errors',
    title: 'Errors by code and model',
    answers: 'Which errors do callers get, from which models?',
    over: ENDS_REQUESTS,
    text: `filter event = "request_error"
| stats sum(requests) as requests by error_code, model
| sort requests desc`,
  },
  {
    folder: 'Errors',
    title: 'Error ratio by model',
    answers: 'What share of the requests to each model failed by the gateway or the provider, also within a stream?',
    over: ENDS_REQUESTS,
    text: `filter event in ["request_completed", "request_error"]
| stats sum(requests) as requests, sum(level = "ERROR") as failed, failed / requests as error_ratio by model
| sort error_ratio desc`,
  },
  {
    folder: 'Errors',
    title: 'Fallbacks',
    answers: 'When did a provider fail, and did another one answer?',
    asked: [{ system: 'Model Gateway', in: 'Kibana' }],
    over: ['gateway'],
    text: `fields @timestamp, request_id, event, from, to, reason, model, attempts
| filter event in ["fallback_success", "provider_failed_fallback"]
| sort @timestamp desc
| limit 100`,
  },
  {
    folder: 'Errors',
    title: 'Provider failures by model and reason',
    answers: 'Which calls of providers failed before their first token, whether or not another one helped?',
    over: ['gateway'],
    text: `filter event = "provider_request_failed"
| stats count(*) as calls by provider, model, region, reason
| sort calls desc`,
  },
  {
    folder: 'Errors',
    title: 'Refused callers',
    answers: 'Who was refused before there was an account, and at which route?',
    over: ['gateway', 'exposition', 'telemetry'],
    text: `filter event = "request_error" and not ispresent(account_id)
| stats count(*) as refused by endpoint, status_code
| sort refused desc`,
  },
  {
    folder: 'Errors',
    title: 'Stores that failed',
    answers: 'Which step could not read or write its table? The line holds what would have been written.',
    over: 'all',
    text: `fields @timestamp, logger, step, request_id, error_type, error_message
| filter event = "store_failure"
| sort @timestamp desc
| limit 100`,
  },
] as const satisfies readonly LogQuery[];
