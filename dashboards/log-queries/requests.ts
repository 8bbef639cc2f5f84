import { ENDED, ENDS_REQUESTS, type LogQuery } from '../log-query';

/** How long requests take, and which are unusual. */
export const REQUEST_QUERIES = [
  {
    folder: 'Requests',
    title: 'Slow requests',
    answers: 'Which requests took longer than 5 seconds, slowest first?',
    asked: [
      { system: 'FluxAI', in: 'Logs Insights' },
      {
        system: 'Model Gateway',
        in: 'Kibana',
        fault: '`latency_ms:>5000` is Lucene; the language that Kibana starts with writes `latency_ms > 5000`.',
      },
    ],
    over: ENDS_REQUESTS,
    text: `fields @timestamp, account_id, key_id, model, duration_ms as latency_ms
| filter ${ENDED} and latency_ms > 5000
| sort latency_ms desc
| limit 100`,
  },
  {
    folder: 'Requests',
    title: 'Requests longer than 1 second',
    answers: 'Which requests took longer than 1 second, and how much of it was the model?',
    asked: [
      {
        system: 'Proxy Agent Platform',
        in: 'LogQL',
        fault: '`duration > 1` names no unit, and no line of it has a field `duration`.',
      },
    ],
    over: ENDS_REQUESTS,
    text: `fields @timestamp, request_id, model, duration_ms, provider_ms, time_to_first_token_ms
| filter ${ENDED} and duration_ms > 1000
| sort @timestamp desc
| limit 100`,
  },
  {
    folder: 'Requests',
    title: 'Latency by model',
    answers: 'How long do answers of each model take?',
    over: ENDS_REQUESTS,
    text: `filter event = "request_completed" and attempts > 0
| stats count(*) as answers, pct(duration_ms, 50) as p50_ms, pct(duration_ms, 95) as p95_ms, pct(duration_ms, 99) as p99_ms,
        pct(time_to_first_token_ms, 50) as first_token_p50_ms, pct(time_to_first_token_ms, 95) as first_token_p95_ms by model
| sort p95_ms desc`,
  },
  {
    folder: 'Requests',
    title: 'Gateway overhead per 5 minutes',
    answers: 'How many milliseconds does the gateway add to the model’s own?',
    over: ENDS_REQUESTS,
    text: `filter event = "request_completed" and attempts > 0
| stats count(*) as answers, pct(overhead_ms, 50) as p50_ms, pct(overhead_ms, 99) as p99_ms by bin(5m) as time
| sort time desc`,
  },
  {
    folder: 'Requests',
    title: 'Cold starts per 5 minutes',
    answers: 'How many requests waited for a cold start, and how long did they take?',
    over: ['gateway'],
    text: `filter ${ENDED}
| stats count(*) as requests, count(cold_start) as cold_starts, max(duration_ms) as slowest_ms by bin(5m) as time
| sort time desc`,
  },
  {
    folder: 'Requests',
    title: 'Abandoned requests',
    answers: 'Which requests lost their process, and what were they charged?',
    over: ENDS_REQUESTS,
    text: `fields @timestamp, request_id, account_id, key_id, model, cost_usd
| filter event = "request_abandoned"
| sort @timestamp desc
| limit 100`,
  },
  {
    folder: 'Requests',
    title: 'Sessions per hour',
    answers: 'How many sessions were there, and how many requests did they make?',
    over: ENDS_REQUESTS,
    text: `filter ${ENDED}
| stats count_distinct(session_id) as sessions, sum(requests) as requests by bin(1h) as time
| sort time desc`,
  },
] as const satisfies readonly LogQuery[];
