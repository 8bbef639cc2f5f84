import type { ChatCompletionCreateParamsBase } from 'openai/resources/chat/completions/completions';
import { IGNORED_FIELDS, IGNORED_NESTED_FIELDS, NEUTRAL_FIELDS } from '../../../../lambdas/gateway/openai/fields';
import { requestEntries } from '../../../../lambdas/gateway/openai/request-schema';
import { anImage, aTool, aToolCall, parseBody } from './bodies';

const EVERYTHING = {
  tools: [aTool()],
  messages: [
    { role: 'user', content: [{ type: 'text', text: 'What?' }, anImage()] },
    { role: 'assistant', content: null, tool_calls: [aToolCall()] },
    { role: 'tool', tool_call_id: 'call_1', content: 'cold' },
  ],
};

/** Sets a field wherever its pattern leads: `*` is every entry of a list; a path that leads nowhere is passed by. */
const set = (target: unknown, [step, ...rest]: string[], value: unknown): number => {
  if (step === undefined || typeof target !== 'object' || target === null) return 0;
  if (step === '*') {
    const entries: unknown[] = Array.isArray(target) ? target : [];
    return entries.reduce<number>((count, entry) => count + set(entry, rest, value), 0);
  }
  if (rest.length > 0) return set(Object.entries(target).find(([key]) => key === step)?.[1], rest, value);
  if (Array.isArray(target)) return 0;
  Object.assign(target, { [step]: value });
  return 1;
};

const names = <Table extends object>(table: Table) => Object.keys(table).map((field) => [field]);

describe('ignored fields', () => {
  it.each(names(IGNORED_FIELDS))('accept any value of %s and change nothing', (field) => {
    for (const value of [null, 'a', 1, true, [], { a: 1 }]) {
      expect(parseBody({ [field]: value })).toEqual(parseBody());
    }
  });

  it.each(names(IGNORED_NESTED_FIELDS).filter(([field]) => !/annotations|parsed$/.test(field ?? '')))(
    'accept any value of %s and change nothing',
    (field) => {
      for (const value of [null, 'a', 1, [], { a: 1 }]) {
        const body = structuredClone(EVERYTHING);

        const changed = set(body, field.split('.'), value);

        expect(changed).toBeGreaterThan(0);
        expect(parseBody(body)).toEqual(parseBody(EVERYTHING));
      }
    },
  );

  it.each([['annotations'], ['parsed']])('accept %s on answers, where the SDK puts them', (field) => {
    const [question, answer, result] = EVERYTHING.messages;

    const chat = parseBody({ ...EVERYTHING, messages: [question, { ...answer, [field]: [{ a: 1 }] }, result] });

    expect(IGNORED_NESTED_FIELDS).toHaveProperty([`messages.*.${field}`]);
    expect(chat).toEqual(parseBody(EVERYTHING));
  });
});

describe('neutral fields', () => {
  it.each(Object.entries(NEUTRAL_FIELDS))('accept the values of %s that ask for nothing', (field, { accepts }) => {
    for (const value of [null, ...accepts]) expect(parseBody({ [field]: value })).toEqual(parseBody());
  });

  it.each(Object.entries(NEUTRAL_FIELDS))('refuse every other value of %s with advice', (field, { advice }) => {
    for (const value of [2, 'other', true, ['a'], { type: 'json_object' }]) {
      expect(() => parseBody({ [field]: value })).toThrow(
        expect.objectContaining({
          code: 'unsupported_parameter',
          param: field,
          message: `\`${field}\` is not supported: ${advice}.`,
        }),
      );
    }
  });
});

// Compiles only as long as it names every field of the SDK's types.
const FIELDS_OF_SDK = Object.keys({
  messages: true,
  model: true,
  audio: true,
  frequency_penalty: true,
  function_call: true,
  functions: true,
  logit_bias: true,
  logprobs: true,
  max_completion_tokens: true,
  max_tokens: true,
  metadata: true,
  modalities: true,
  n: true,
  parallel_tool_calls: true,
  prediction: true,
  presence_penalty: true,
  prompt_cache_key: true,
  prompt_cache_retention: true,
  reasoning_effort: true,
  response_format: true,
  safety_identifier: true,
  seed: true,
  service_tier: true,
  stop: true,
  store: true,
  stream: true,
  stream_options: true,
  temperature: true,
  tool_choice: true,
  tools: true,
  top_logprobs: true,
  top_p: true,
  user: true,
  verbosity: true,
  web_search_options: true,
} satisfies Record<keyof ChatCompletionCreateParamsBase, true>);

it('gives every field of the OpenAI SDK exactly one rule, and no other field any', () => {
  const ruled = [...Object.keys(IGNORED_FIELDS), ...Object.keys(NEUTRAL_FIELDS), ...Object.keys(requestEntries)];

  expect(ruled.toSorted()).toEqual(FIELDS_OF_SDK.toSorted());
});
