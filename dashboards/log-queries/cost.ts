import { ENDED, ENDS_REQUESTS, type LogQuery } from '../log-query';

/** Who spends what, and on what. */
export const COST_QUERIES = [
  {
    folder: 'Cost',
    title: 'Expensive requests',
    answers: 'Which requests cost more than 10 cents, dearest first?',
    asked: [{ system: 'FluxAI', in: 'Logs Insights' }],
    over: ENDS_REQUESTS,
    text: `fields @timestamp, model, cost_usd as cost
| filter ${ENDED} and cost > 0.1
| sort cost desc
| limit 100`,
  },
  {
    folder: 'Cost',
    title: 'Requests over 1 dollar',
    answers: 'Which completed requests cost more than a dollar, and who sent them?',
    asked: [
      {
        system: 'Model Gateway',
        in: 'Kibana',
        fault: '`cost_usd:>1` is Lucene; the language that Kibana starts with writes `cost_usd > 1`.',
      },
    ],
    over: ENDS_REQUESTS,
    text: `fields @timestamp, request_id, account_id, key_id, model, input_tokens, output_tokens, cost_usd
| filter ${ENDED} and cost_usd > 1 and level = "INFO"
| sort cost_usd desc
| limit 100`,
  },
  {
    folder: 'Cost',
    title: 'Most expensive accounts',
    answers: 'Which accounts spend the most?',
    asked: [{ system: 'FluxAI', in: 'Logs Insights' }],
    over: ENDS_REQUESTS,
    text: `filter ${ENDED} and ispresent(account_id)
| stats sum(cost_usd) as spend, sum(requests) as requests by account_id
| sort spend desc
| limit 20`,
  },
  {
    folder: 'Cost',
    title: 'Most expensive keys',
    answers: 'Which keys spend the most?',
    over: ENDS_REQUESTS,
    text: `filter ${ENDED} and ispresent(key_id)
| stats sum(cost_usd) as spend, sum(requests) as requests by account_id, key_id
| sort spend desc
| limit 20`,
  },
  {
    folder: 'Cost',
    title: 'Most expensive users',
    answers: 'Which end users, as clients name them, spend the most?',
    over: ENDS_REQUESTS,
    text: `filter ${ENDED} and ispresent(user_id)
| stats sum(cost_usd) as spend, sum(requests) as requests by account_id, user_id
| sort spend desc
| limit 20`,
  },
  {
    folder: 'Cost',
    title: 'Cost and tokens by model',
    answers: 'What does each model cost, and how many tokens does it read and write?',
    over: ENDS_REQUESTS,
    text: `filter ${ENDED}
| stats sum(requests) as requests, sum(input_tokens) as input, sum(output_tokens) as output, sum(cost_usd) as spend by model
| sort spend desc`,
  },
  {
    folder: 'Cost',
    title: 'Unmetered requests',
    answers: 'Which requests were charged at their hold, because nobody knows what they used?',
    over: ENDS_REQUESTS,
    text: `fields @timestamp, request_id, account_id, model, status, error_code, cost_usd
| filter ${ENDED} and unmetered = 1
| sort @timestamp desc
| limit 100`,
  },
  {
    folder: 'Cost',
    title: 'Requests beyond their hold',
    answers: 'Which requests cost more than was held for them, so that a budget was exceeded by the difference?',
    over: ENDS_REQUESTS,
    text: `fields @timestamp, request_id, account_id, model, cost_usd, overshoot_usd
| filter ${ENDED} and overshoot_usd > 0
| sort overshoot_usd desc
| limit 100`,
  },
] as const satisfies readonly LogQuery[];
