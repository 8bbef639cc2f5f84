import { createRedactor } from '../../lambdas/core/telemetry/redaction/create-redactor';
import { toMarkdownTable } from '../report/markdown-table';
import { median } from '../statistics';

const LENGTH = 100_000;
const ROUNDS = 60;

/** Flat in memory, as a text that was read from a request is. */
const repeat = (piece: string): string =>
  Buffer.from(piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH), 'latin1').toString('latin1');

const TEXTS: Readonly<Record<string, string>> = {
  prose: 'The quick brown fox jumps over the lazy dog, and nobody minds. It is what it is, said the dog. ',
  'JSON of a chat': '{"role":"user","content":"Hello there, how are you today?","id":"msg_01XFDUDYJgAACzvnptvV"},',
  'log lines': '2026-11-21T10:54:31.123Z INFO request_completed request_id=nJ3k0V0cW1b0Zc1T duration_ms=180\n',
  'full of finds':
    'Ask jane@example.com or +1 415 555 2671, card 4111 1111 1111 1111, key sk-ant-api03-aB3dE5gH7jK9mN2p. ',
  digits: '0123456789',
  'groups of digits': '4111 1111 ',
  '`@`': 'a@',
  '`sk-`': 'sk-',
  dots: '.',
  base64: 'aB3dE5gH7jK9mN2pQ4sT6vW8xY0zC1fG+/',
};

const LINE = {
  event: 'request_completed',
  request_id: 'nJ3k0V0cW1b0Zc1T',
  correlation_id: 'checkout-7731',
  session_id: '0V0cW1b0Zc1TnJ3k',
  trace_id: '5759e988bd862e3fe1be46a994272793',
  account_id: 'acme',
  key_id: '0V0cW1b0Zc1TnJ3k',
  endpoint: '/v1/chat/completions',
  status_code: 200,
  status: 'success',
  model: 'claude-haiku-4-5',
  provider: 'bedrock',
  region: 'us-east-1',
  streamed: false,
  input_tokens: 12,
  output_tokens: 34,
  total_tokens: 46,
  cost_usd: 0.000_123,
  cache: 'miss',
  finish_reason: 'stop',
  duration_ms: 180,
  provider_ms: 170,
  time_to_first_token_ms: 150,
};

/** Milliseconds of CPU that one call takes: the best and the median of many rounds. */
const measure = (work: () => unknown, times: number): { best: number; middle: number } => {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    for (let time = 0; time < times; time += 1) work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000 / times;
  });
  return { best: Math.min(...rounds), middle: median(rounds) };
};

const redactor = createRedactor({ longestText: Number.POSITIVE_INFINITY });

const rows = Object.entries(TEXTS).map(([name, piece]) => {
  const text = repeat(piece);
  const { best, middle } = measure(() => redactor.text(text), 5);
  return [`100 kB, ${name}`, `${best.toFixed(2)} ms`, `${middle.toFixed(2)} ms`];
});
const line = measure(() => redactor.fields(LINE), 2_000);
rows.push([
  'fields of the line of a request',
  `${(line.best * 1_000).toFixed(1)} µs`,
  `${(line.middle * 1_000).toFixed(1)} µs`,
]);

console.log(toMarkdownTable(['What', 'best', 'median'], rows));
