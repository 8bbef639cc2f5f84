import { setTimeout as sleep } from 'node:timers/promises';
import { readConnection } from './connection';

const { baseURL, apiKey } = readConnection();
const headers = { authorization: `Bearer ${apiKey}` };

const report = {
  service: 'inference',
  events: [
    {
      type: 'inference',
      model: 'nova-lite',
      status: 'success',
      durationSeconds: 0.7,
      inputTokens: 12,
      outputTokens: 34,
    },
    { type: 'inference', model: 'nova-lite', status: 'timeout', durationSeconds: 30, count: 2 },
    { type: 'queue_wait', durationSeconds: 1.5 },
    { type: 'drift_check', model: 'nova-lite', score: 0.18, status: 'warning', durationSeconds: 5 },
    { type: 'reading', metric: 'request_queue_depth', labels: { service: 'inference' }, value: 12 },
    { type: 'mcp_operation', server: 'files', operation: 'read', status: 'success', durationSeconds: 0.04 },
  ],
};

// The same key for the same report: sent again after a lost answer, it counts once.
const sent = await fetch(`${baseURL}/telemetry`, {
  method: 'POST',
  headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': `example-${Date.now()}` },
  body: JSON.stringify(report),
});
console.log(sent.status, await sent.text());
if (!sent.ok) process.exit(1);

/** The lines of /metrics that the report has a part in. */
const readMetrics = async (): Promise<string[]> => {
  const answer = await fetch(baseURL.replace(/\/v1$/, '/metrics'), {
    headers: { ...headers, 'cache-control': 'no-cache' },
  });
  const reported = /^(inference|request_queue|drift|mcp|telemetry_label)\w*_(total|depth|score|sum)[{ ].* [1-9.]/;
  return (await answer.text()).split('\n').filter((line) => reported.test(line) || line.startsWith('drift_score'));
};

// Records become metrics within some seconds.
const isThere = (lines: readonly string[]) =>
  ['inference_requests_total', 'drift_score'].every((name) => lines.some((line) => line.startsWith(name)));
let lines = await readMetrics();
for (let tries = 0; tries < 30 && !isThere(lines); tries += 1) {
  await sleep(1_000);
  lines = await readMetrics();
}
console.log(lines.join('\n'));
