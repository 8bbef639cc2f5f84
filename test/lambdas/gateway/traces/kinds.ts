import { ProviderError } from '../../../../lambdas/core/errors';
import type { Caller } from '../../../../lambdas/core/keys/account';
import { aCaller, anAnswer } from '../../../support/builders';
import { aBody, type Script } from '../../../support/gateway';
import type { Tree } from '../../../support/traces/tree';

/** One kind of request, and the whole tree that it leaves. */
export type Kind = {
  name: string;
  caller: () => Caller;
  body: object;
  script: Script;
  /** Asked twice: the tree of the second is looked at. */
  repeated?: true;
  tree: Tree;
  /** What some steps are searched by, by their path. */
  annotations: Record<string, Record<string, unknown>>;
  /** Exceptions of steps, by their path. */
  exceptions?: Record<string, string[]>;
};

const limited = (requestsPerMinute: number) => () => aCaller({ cache: true, key: { requestsPerMinute } });
const plain = () => aCaller({});

const unavailable = new ProviderError('unavailable', 'Bedrock is unavailable.', {
  retryable: false,
  fallback: true,
  maybeBilled: false,
  cause: Object.assign(new Error('Busy.'), { name: 'ServiceUnavailableException' }),
});

const CALLED = { 'bedrock.invoke_model': {}, 'cost.calculate': {} };
const NOT_CALLED = { 'bedrock.invoke_model!': {} };
const FAILED = ['Bedrock is unavailable.', 'Busy.'];

export const KINDS: readonly Kind[] = [
  {
    name: 'a miss',
    caller: limited(10),
    body: aBody(),
    script: () => anAnswer(),
    tree: {
      chat_completion: {
        'routing.decide': {},
        'cache.lookup': { 'DynamoDB.GetItem': {} },
        'DynamoDB.PutItem': {},
        'DynamoDB.UpdateItem': {},
        provider_attempt_1: CALLED,
        settle: {
          'DynamoDB.PutItem': {},
          'DynamoDB.PutItem (2)': {},
          'DynamoDB.UpdateItem': {},
          'DynamoDB.DeleteItem': {},
        },
      },
    },
    annotations: {
      chat_completion: {
        operation: 'chat',
        model_id: 'claude-haiku-4-5',
        routing_strategy: 'requested',
        provider: 'bedrock',
        status: 'success',
        status_code: 200,
        input_tokens: 10,
        output_tokens: 5,
        total_tokens: 15,
        cost_usd: 0.0000385,
        cache: 'miss',
        cache_hit: false,
        attempts: 1,
        cold_start: false,
      },
      'chat_completion/routing.decide': {
        routing_strategy: 'requested',
        model_id: 'claude-haiku-4-5',
        provider: 'bedrock',
      },
      'chat_completion/cache.lookup': { cache_type: 'exact', model_id: 'claude-haiku-4-5', cache_hit: false },
      'chat_completion/provider_attempt_1': {
        provider: 'bedrock',
        model_id: 'claude-haiku-4-5',
        model: 'claude-haiku-4-5',
        attempt: 1,
        region: 'us-east-1',
        input_tokens: 10,
        output_tokens: 5,
        total_tokens: 15,
        cost_usd: 0.0000385,
      },
      'chat_completion/provider_attempt_1/bedrock.invoke_model': {
        provider: 'bedrock',
        model_id: 'claude-haiku-4-5',
        region: 'us-east-1',
        max_tokens: 50,
      },
      'chat_completion/provider_attempt_1/cost.calculate': {
        model_id: 'claude-haiku-4-5',
        input_tokens: 10,
        output_tokens: 5,
        cost_usd: 0.0000385,
      },
    },
  },
  {
    name: 'an exact hit',
    caller: limited(10),
    body: aBody(),
    script: () => anAnswer(),
    repeated: true,
    tree: {
      chat_completion: {
        'routing.decide': {},
        'cache.lookup': { 'DynamoDB.GetItem': {} },
        'DynamoDB.PutItem': {},
        'DynamoDB.UpdateItem': {},
        settle: { 'DynamoDB.PutItem': {}, 'DynamoDB.UpdateItem': {}, 'DynamoDB.DeleteItem': {} },
      },
    },
    annotations: {
      chat_completion: { cache: 'hit', cache_hit: true, cache_type: 'exact', cost_usd: 0, attempts: 0 },
      'chat_completion/cache.lookup': { cache_hit: true },
    },
  },
  {
    name: 'a stream',
    caller: plain,
    body: aBody({ stream: true }),
    script: () => anAnswer(),
    tree: {
      chat_completion: {
        'routing.decide': {},
        'DynamoDB.PutItem': {},
        provider_attempt_1: CALLED,
        settle: { 'DynamoDB.PutItem': {}, 'DynamoDB.DeleteItem': {} },
      },
    },
    annotations: { chat_completion: { streamed: true, status: 'success', cache: 'off' } },
  },
  {
    name: 'a fallback',
    caller: plain,
    body: aBody({ model: 'claude-sonnet' }),
    script: ({ attempt }) => (attempt === 1 ? [unavailable] : anAnswer()),
    tree: {
      chat_completion: {
        'routing.decide': {},
        'DynamoDB.PutItem': {},
        'provider_attempt_1!': NOT_CALLED,
        provider_attempt_2: CALLED,
        settle: { 'DynamoDB.PutItem': {}, 'DynamoDB.DeleteItem': {} },
      },
    },
    annotations: {
      chat_completion: { status: 'success', attempts: 2 },
      'chat_completion/provider_attempt_1!': { attempt: 1, error_type: 'unavailable' },
      'chat_completion/provider_attempt_2': { attempt: 2 },
    },
    exceptions: {
      'chat_completion/provider_attempt_1!': FAILED,
      'chat_completion/provider_attempt_1!/bedrock.invoke_model!': FAILED,
    },
  },
  {
    name: 'a refusal',
    caller: limited(1),
    body: aBody(),
    script: () => anAnswer(),
    repeated: true,
    tree: {
      'chat_completion!': {
        'routing.decide': {},
        'cache.lookup': { 'DynamoDB.GetItem': {} },
        'DynamoDB.PutItem': {},
        'DynamoDB.UpdateItem!': {},
        settle: { 'DynamoDB.PutItem': {}, 'DynamoDB.DeleteItem': {} },
      },
    },
    annotations: {
      'chat_completion!': { status: 'rate_limited', status_code: 429, error_code: 'requests_per_minute' },
    },
    exceptions: {
      'chat_completion!': [expect.stringContaining('has reached its limit of requests a minute')],
      'chat_completion!/DynamoDB.UpdateItem!': [expect.any(String)],
    },
  },
  {
    name: 'a failure',
    caller: plain,
    body: aBody(),
    script: () => [unavailable],
    tree: {
      'chat_completion!': {
        'routing.decide': {},
        'DynamoDB.PutItem': {},
        'provider_attempt_1!': NOT_CALLED,
        settle: { 'DynamoDB.PutItem': {}, 'DynamoDB.DeleteItem': {} },
      },
    },
    annotations: { 'chat_completion!': { status: 'error', status_code: 503, error_code: 'no_provider_answered' } },
    exceptions: {
      'chat_completion!': [expect.any(String), ...FAILED],
      'chat_completion!/provider_attempt_1!': FAILED,
      'chat_completion!/provider_attempt_1!/bedrock.invoke_model!': FAILED,
    },
  },
];
