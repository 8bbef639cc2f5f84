/** What stands before the tables of docs/logs.md. */
export const INTRODUCTION = `# Logs

Every function writes one JSON object a line to a log group of its own in CloudWatch, and nothing else. Events, their levels and the
fields that each may have stand in [\`log-events.ts\`](../lambdas/core/telemetry/log-events.ts) and
[\`log-schema.ts\`](../lambdas/core/telemetry/log-schema.ts), of which this document is made: \`npm run docs\`. An event or a field that is not
in the tables does not compile. [Queries](queries.md) over these lines are saved with the stack.

## One line for a request

A request ends with one line: \`request_completed\`, \`request_error\` or \`request_abandoned\`. The same line is its document of embedded
metrics, out of which CloudWatch makes the [metrics](metrics.md) of its fourth column: a value stands in it once, under the name that it has
as field and as metric. At level INFO a completed request leaves this line alone, about 1.2 KB:

\`\`\`json
{
  "timestamp": "2026-11-21T10:00:01.500Z", "level": "INFO", "message": "Request completed", "event": "request_completed",
  "logger": "gateway", "request_id": "Wk1uY0FtcGxlSWQx", "correlation_id": "Wk1uY0FtcGxlSWQx", "session_id": "c2Vzc2lvbi1leGFt",
  "trace_id": "5759e988bd862e3fe1be46a994272793", "account_id": "acme", "key_id": "0123456789abcdef", "method": "POST",
  "endpoint": "/v1/chat/completions", "status_code": 200, "status": "success", "region": "us-east-1", "total_tokens": 180,
  "cache": "miss", "cache_hit": false, "attempts": 1, "finish_reason": "stop", "provider_ms": 800,
  "service": "fluxgate", "provider": "bedrock", "model": "claude-sonnet-4-5",
  "_aws": { "Timestamp": 1795255200820, "CloudWatchMetrics": [ { "Namespace": "Fluxgate",
    "Dimensions": [["service"], ["service", "provider", "model"]],
    "Metrics": [ { "Name": "requests", "Unit": "Count" }, { "Name": "duration_ms", "Unit": "Milliseconds" } ] } ] },
  "requests": 1, "cost_usd": 0.0015, "output_tokens": 80, "input_tokens": 100, "time_to_first_token_ms": 212, "overhead_ms": 20,
  "duration_ms": 820
}
\`\`\`

- **What is not known is absent**, never 0: usage that nobody reported, the end of an abandoned request.
- **A flood of refusals** is rolled up: one line a minute and kind, with how many \`requests\` it stands for. Sum \`requests\`, do not count lines.
- **Metrics do not depend on the level.** With \`logRequests\` off, or a \`logLevel\` above INFO, the line shrinks to its metrics and the request id.
- **What is the same for an environment** (function, version, memory, stage) is said once, by \`environment_started\`: a log stream is one
  environment. Lambda's own \`platform\` lines say it too, with what each invocation took.
- \`trace_id\` is on every line; \`xray_trace_id\`, by which the console goes from a trace to its lines, only where a trace is recorded.
- CloudWatch counts at least once: the [ledger](architecture.md) and \`GET /metrics\` are exact.
`;

/** What stands behind them. */
export const AFTER_FIELDS = `### What other systems call them

| Elsewhere | Here |
| --- | --- |
| \`client_id\` | \`key_id\`; the tenant is \`account_id\`, the end user \`user_id\` |
| \`cost\` | \`cost_usd\` |
| \`latency_ms\`, \`duration\` | \`duration_ms\` |
| \`savings_dollars\` | \`saved_usd\` |
| \`client_hash\`, \`client_ip\` | \`client_ip_hash\`; violations of limits are counted by \`key_id\` |
| \`mcp_server\`, \`mcp_operation\` | \`server\`, \`operation\` |
| \`database\` | \`store\` |

A saved query gives a field another name where its source did: \`duration_ms as latency_ms\`.

## Levels

| Level | Means |
| --- | --- |
| DEBUG | how a request came about, for who looks into one |
| INFO | what happened, as it should |
| WARNING | somebody was refused, or something was made good: nobody has to act at once |
| ERROR | the gateway or a provider failed a request, or a function its work |
| CRITICAL | the function cannot do its work at all until somebody acts |

A caller's own fault is a WARNING, and has no stack; an ERROR has one, with causes. Lines of DEBUG and ERROR say where in the code they come
from; deployed functions are minified, so there it is a place in the bundle.

Set \`logLevel\` in the [settings](configuration.md). \`X-Debug: true\` raises it for one request, see the [API reference](api.md#request-headers).

## How long logs are kept

| Class | Setting | Days | Groups |
| --- | --- | --- | --- |
| application | \`logRetentionDays\` | 90 | gateway, sweeper, management, telemetry intake: what became of requests, what operators did |
| access | \`accessLogRetentionDays\` | 30 | the API's access log: who came, as API Gateway saw it |
| debug | \`debugLogRetentionDays\` | 14 | the other functions and Managed Prometheus: what only tells of the machinery itself |

Every group indexes its ids, level and outcome, so that \`filterIndex correlation_id = "..."\` reads little of it.

### The archive

With \`logArchive\` set to \`s3\`, as in production, lines of the first two classes also go through Firehose to a bucket, as
\`logs/<yyyy-MM-dd>/*.jsonl.gz\`: one line of JSON each. After 30 days they move to Glacier Instant Retrieval, after
\`logArchiveRetentionDays\` they are removed. It costs nothing while nothing is logged. What cannot be unpacked is kept under \`failed/\`.

## What is never logged

Prompts, answers, tools and their arguments; keys, secrets and headers; names of models that are none; what a provider said of an error.
That holds for debugged requests too. What a client may set to anything (its ids, \`user\`) and what errors say is redacted first.
An address is only in the access log, and as a hash in \`request_received\`.

As a second net every log group masks credentials, e-mail addresses, card, telephone and social security numbers and addresses of the
network for everybody who lacks \`logs:Unmask\`: also the \`sourceIp\` of the access log. CloudWatch charges for scanning what is logged.
\`LogEventsWithFindings\` counts what it found; outside the access log that should stay 0.
`;
