import { ENDS_REQUESTS, type LogQuery } from '../log-query';

/** What the cache saves. */
export const CACHE_QUERIES = [
  {
    folder: 'Cache',
    title: 'Cache hit rate per 5 minutes',
    answers: 'What share of the completed requests came from the cache?',
    asked: [
      { system: 'FluxAI', in: 'Logs Insights', fault: 'it divides by all lines, of which a request has several.' },
    ],
    over: ENDS_REQUESTS,
    text: `filter event = "request_completed"
| stats sum(cache_hit) / count(*) as hit_rate by bin(5m) as time
| sort time desc`,
  },
  {
    folder: 'Cache',
    title: 'Cache hit rate by model',
    answers: 'Of the requests that asked the cache, how many did it answer?',
    over: ENDS_REQUESTS,
    text: `filter event = "request_completed" and cache in ["hit", "miss", "error"]
| stats count(*) as asked, sum(cache_hit) as hits, hits / asked as hit_rate by model
| sort hit_rate desc`,
  },
  {
    folder: 'Cache',
    title: 'Cache savings by model',
    answers: 'What would the answers from the cache have cost?',
    over: ENDS_REQUESTS,
    text: `filter event = "request_completed" and cache_hit = 1
| stats count(*) as hits, sum(saved_usd) as saved by model
| sort saved desc`,
  },
] as const satisfies readonly LogQuery[];
