type Field = { type: 'text' | 'number' | 'boolean' | 'object'; is: string };

/**
 * Every field that a log line may have, the CloudWatch metrics of the terminal line among them: one name for one thing,
 * with its unit. What is not known is absent, never 0.
 */
export const LOG_FIELDS = {
  timestamp: { type: 'text', is: 'When the line was written: ISO 8601, UTC.' },
  level: { type: 'text', is: 'DEBUG, INFO, WARNING, ERROR or CRITICAL.' },
  message: { type: 'text', is: 'The event in words.' },
  event: { type: 'text', is: 'The name of the event.' },
  service: { type: 'text', is: 'The service that logs.' },
  logger: { type: 'text', is: 'The function, or the part of a service, that logs.' },
  module: { type: 'text', is: 'The file in which an error arose or a DEBUG line was written.' },
  function: { type: 'text', is: 'The function in it.' },
  line: { type: 'number', is: 'The line of that file.' },

  request_id: { type: 'text', is: 'The id of the request: the key of its record.' },
  client_request_id: { type: 'text', is: 'The `X-Request-ID` of the client, when it sent one.' },
  correlation_id: { type: 'text', is: 'The `X-Correlation-ID` of the client, else its request id.' },
  session_id: { type: 'text', is: 'The `X-Session-ID` of the client, or the one it was given.' },
  trace_id: { type: 'text', is: 'The trace, 32 hex digits.' },
  span_id: { type: 'text', is: 'The root step of the trace, 16 hex digits; only when the trace is recorded.' },
  xray_trace_id: { type: 'text', is: 'The trace id as X-Ray writes it; only when the trace is recorded.' },
  client_trace_id: { type: 'text', is: 'The trace that the client named in `traceparent`, when it is another.' },
  account_id: { type: 'text', is: 'The tenant.' },
  key_id: { type: 'text', is: 'The API key: which client of the tenant it was.' },
  user_id: { type: 'text', is: 'The end user, as the client names him in `user`.' },
  task_id: { type: 'text', is: 'The task that the work belongs to.' },

  method: { type: 'text', is: 'The HTTP method.' },
  endpoint: { type: 'text', is: 'The route, as a template.' },
  client_ip_hash: {
    type: 'text',
    is: 'A hash of the caller’s address under a key that each environment makes anew: equal within a log stream.',
  },
  status_code: { type: 'number', is: 'The HTTP status.' },
  status: { type: 'text', is: 'How it ended, in the words of the `status` label.' },
  error_code: { type: 'text', is: 'The code of the error that the caller got.' },
  error_type: { type: 'text', is: 'The kind of error, in the words of the `error_type` label, or the class thrown.' },
  error_message: { type: 'text', is: 'What the error says; never what a provider or a client wrote.' },
  error: { type: 'object', is: 'The error with name, message, stack and causes.' },

  model: { type: 'text', is: 'The model, as the catalogue calls it.' },
  requested_model: { type: 'text', is: 'The name of the model in the request.' },
  provider: { type: 'text', is: 'Who answered, or would have.' },
  region: { type: 'text', is: 'The Region of the model.' },
  streamed: { type: 'boolean', is: 'The answer was asked for as a stream.' },
  max_tokens: { type: 'number', is: 'The most output tokens asked for.' },
  targets: { type: 'object', is: 'The targets that may answer, in order.' },
  attempt: { type: 'number', is: 'Which call of a provider it is, from 1.' },
  attempts: { type: 'number', is: 'Calls of providers.' },
  from: { type: 'text', is: 'The model that failed.' },
  to: { type: 'text', is: 'The model that is asked next.' },
  reason: { type: 'text', is: 'Why.' },
  finish_reason: { type: 'text', is: 'Why the model stopped.' },
  remaining_requests: { type: 'number', is: 'Requests that the provider still takes; 0 when it has refused one.' },

  input_tokens: { type: 'number', is: 'Prompt tokens, without those of the prompt cache.' },
  output_tokens: { type: 'number', is: 'Tokens of the answer.' },
  cache_read_tokens: { type: 'number', is: 'Prompt tokens that the provider read from its prompt cache.' },
  cache_write_tokens: { type: 'number', is: 'Prompt tokens that it wrote there.' },
  cached_tokens: { type: 'number', is: 'Tokens that the gateway answered from its own cache.' },
  total_tokens: { type: 'number', is: 'All of these.' },
  cost_usd: { type: 'number', is: 'What it cost, in US dollars.' },
  saved_usd: { type: 'number', is: 'What a cache hit would have cost.' },
  overshoot_usd: { type: 'number', is: 'What it cost beyond its hold.' },
  unmetered: { type: 'boolean', is: 'A provider may have charged without reporting usage: charged at the hold.' },

  cache: { type: 'text', is: 'What the cache did: hit, miss, off, bypass or error.' },
  cache_hit: { type: 'boolean', is: 'Answered from the cache.' },
  cache_type: { type: 'text', is: 'The tier of the cache that had it.' },
  similarity: { type: 'number', is: 'How alike the cached request was, from 0 to 1; 1 for an exact hit.' },

  duration_ms: { type: 'number', is: 'From the event in to the last byte out.' },
  provider_ms: { type: 'number', is: 'Of it, waiting for providers.' },
  overhead_ms: { type: 'number', is: 'Of it, everything else.' },
  time_to_first_token_ms: { type: 'number', is: 'From the event in to the first event of the answer.' },
  request_bytes: { type: 'number', is: 'Size of the request body.' },
  client_gone: { type: 'boolean', is: 'The client left before its last byte.' },
  cold_start: { type: 'boolean', is: 'The first request of its execution environment.' },

  requests: { type: 'number', is: 'Requests that the line stands for: refusals of a minute are rolled up.' },
  errors: { type: 'number', is: 'Those of them that the gateway or a provider failed.' },
  rate_limit_hits: { type: 'number', is: 'Those of them that a limit of the gateway refused.' },
  abandoned_requests: { type: 'number', is: 'Those of them whose process died.' },
  unmetered_requests: { type: 'number', is: 'Those of them with `unmetered`.' },
  cache_hits: { type: 'number', is: 'Those of them with `cache_hit`.' },
  fallbacks: { type: 'number', is: 'Changes of target after a failed attempt.' },
  provider_errors: { type: 'number', is: 'Calls of providers that failed.' },
  provider_throttles: { type: 'number', is: 'Those of them that the provider throttled.' },

  function_name: { type: 'text', is: 'The Lambda function.' },
  function_version: { type: 'text', is: 'Its version.' },
  memory_mb: { type: 'number', is: 'Its memory, in megabytes.' },
  stage: { type: 'text', is: 'The stage of the stack.' },
  version: { type: 'text', is: 'The version of Fluxgate.' },

  step: { type: 'text', is: 'The step that failed.' },
  store: { type: 'text', is: 'The store that is meant.' },
  failures: { type: 'number', is: 'Failures in a row.' },
  record: { type: 'object', is: 'The whole record that could not be written.' },
  signal: { type: 'text', is: 'The kind of telemetry that failed.' },
  sequence_number: { type: 'text', is: 'Of the stream event.' },
  object: { type: 'text', is: 'The key of the object.' },
  records: { type: 'number', is: 'Records in it.' },
  action: { type: 'text', is: 'The management action.' },

  batch_size: { type: 'number', is: 'Requests that were inferred together.' },
  server: { type: 'text', is: 'The MCP server.' },
  operation: { type: 'text', is: 'What was asked of it.' },
  drift_score: { type: 'number', is: 'How far answers have drifted.' },
  threshold: { type: 'number', is: 'The score that is too much.' },
  available: { type: 'boolean', is: 'The model answers.' },
  task_type: { type: 'text', is: 'The kind of task.' },
  priority: { type: 'text', is: 'Of the task.' },
  queue: { type: 'text', is: 'The queue that it waits in.' },
} as const satisfies Record<string, Field>;

export type LogFieldName = keyof typeof LOG_FIELDS;

type Value = { text: string; number: number; boolean: boolean; object: object };

/** Fields with the types that the table gives them. */
export type LogFields = { readonly [F in LogFieldName]?: Value[(typeof LOG_FIELDS)[F]['type']] | undefined };
