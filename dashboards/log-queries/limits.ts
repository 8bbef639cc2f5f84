import { ENDS_REQUESTS, type LogQuery } from '../log-query';

/** Who runs into limits and budgets. */
export const LIMIT_QUERIES = [
  {
    folder: 'Limits',
    title: 'Rate limit hits by endpoint and key',
    answers: 'Which keys are refused for their rate, and where?',
    asked: [{ system: 'Model Gateway', in: 'Kibana' }],
    over: ['gateway'],
    text: `filter event = "rate_limit_exceeded"
| stats sum(requests) as refused by endpoint, account_id, key_id
| sort refused desc
| limit 20`,
  },
  {
    folder: 'Limits',
    title: 'Refusals for the budget by key',
    answers: 'Whose budget is spent, or held by requests under way?',
    over: ENDS_REQUESTS,
    text: `filter event = "request_error" and status = "over_budget"
| stats sum(requests) as refused by account_id, key_id, error_code
| sort refused desc
| limit 20`,
  },
] as const satisfies readonly LogQuery[];
