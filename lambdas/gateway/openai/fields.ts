import { isDeepStrictEqual } from 'node:util';
import { refuse, unsupported } from './faults';
import { requestEntries } from './request-schema';

/** Fields of a body that are accepted with any value and change nothing, each with the reason. */
export const IGNORED_FIELDS = {
  prediction: 'A hint for speed; the answer is the same without it.',
  prompt_cache_key: "A hint for the routing of OpenAI's prompt cache.",
  prompt_cache_retention: "A hint for OpenAI's prompt cache.",
  safety_identifier: "Read by OpenAI's abuse detection only; use `user` to have an end user in the record.",
} as const satisfies Record<string, string>;

/** The same within a body; `*` stands for an index. The schemas name each of them `ignored`. */
export const IGNORED_NESTED_FIELDS = {
  'messages.*.name': 'Models on Bedrock know no names of participants.',
  'messages.*.annotations': 'Part of an answer; what it annotates stands in the text.',
  'messages.*.parsed': "Added to answers by OpenAI's SDK; the text it was parsed from is sent.",
  'messages.*.tool_calls.*.index': 'Part of a streamed answer; the order of the calls says the same.',
  'messages.*.tool_calls.*.function.parsed_arguments': "Added to answers by OpenAI's SDK; `arguments` is sent.",
  'messages.*.content.*.image_url.detail': 'A hint for the resolution, which models on Bedrock choose themselves.',
  'tools.*.function.strict': 'Arguments are not forced to match the schema: check them before use.',
} as const satisfies Record<string, string>;

type NeutralField = { accepts: readonly unknown[]; advice: string };

/** Fields of which only the values that ask for nothing are accepted (`null` always is); others are refused with the advice. */
export const NEUTRAL_FIELDS = {
  n: { accepts: [1], advice: 'one choice is given; send the request again for another' },
  frequency_penalty: { accepts: [0], advice: 'leave it out or send 0' },
  presence_penalty: { accepts: [0], advice: 'leave it out or send 0' },
  logit_bias: { accepts: [{}], advice: 'leave it out' },
  logprobs: { accepts: [false], advice: 'models on Bedrock do not report them' },
  top_logprobs: { accepts: [0], advice: 'models on Bedrock do not report them' },
  seed: { accepts: [], advice: 'models on Bedrock take none; `temperature: 0` comes closest' },
  response_format: { accepts: [{ type: 'text' }], advice: 'ask for JSON in the prompt, or force a tool call' },
  modalities: { accepts: [['text']], advice: 'answers are text' },
  audio: { accepts: [], advice: 'answers are text' },
  reasoning_effort: { accepts: [], advice: 'leave it out' },
  verbosity: { accepts: ['medium'], advice: 'ask for a length in the prompt' },
  service_tier: { accepts: ['auto', 'default'], advice: 'leave it out or send auto' },
  store: { accepts: [false], advice: 'answers are not stored' },
  web_search_options: { accepts: [], advice: 'there is no web search' },
  functions: { accepts: [], advice: 'use tools' },
  function_call: { accepts: [], advice: 'use tool_choice' },
} as const satisfies Record<string, NeutralField>;

const find = <Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

const checkNeutral = (field: string, value: unknown, { accepts, advice }: NeutralField): void => {
  if (value !== null && !accepts.some((accepted) => isDeepStrictEqual(accepted, value))) {
    throw refuse(field, unsupported(advice));
  }
};

/**
 * The fields of a body that the schema reads. Throws `unsupported_parameter` for a field that asks for something that
 * cannot be done and for one that nobody knows. `null` is OpenAI's way to leave a field out.
 */
export const selectFields = (body: object): Record<string, unknown> => {
  const selected: [string, unknown][] = [];
  for (const [field, value] of Object.entries(body)) {
    const neutral = find<NeutralField>(NEUTRAL_FIELDS, field);
    if (neutral) checkNeutral(field, value, neutral);
    else if (Object.hasOwn(requestEntries, field)) {
      if (value !== null) selected.push([field, value]);
    } else if (!Object.hasOwn(IGNORED_FIELDS, field)) throw refuse(field, unsupported('no such field is known'));
  }
  return Object.fromEntries(selected);
};
