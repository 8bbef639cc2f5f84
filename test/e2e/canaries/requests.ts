import type { Sent } from '../support/send';

const CHAT = '/v1/chat/completions';

/** What a header may hold of any text. */
const toHeader = (text: string): string => text.replace(/[^\x20-\x7e]/g, ' ');
const toWord = (text: string): string => text.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64);

type Authorized = { authorization: string };

const chatWith = (headers: object, changes: object): Sent => ({
  method: 'POST',
  path: CHAT,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({
    model: 'claude-haiku-4-5',
    messages: [{ role: 'user', content: 'x' }],
    max_tokens: 30,
    ...changes,
  }),
});

/** Requests that carry a canary where there is room for one only. */
export const toShortRequests = (canary: string, { authorization }: Authorized): Sent[] => {
  const header = toHeader(canary);
  const ids = { 'x-request-id': header, 'x-correlation-id': header, 'x-session-id': header };
  return [
    chatWith({ authorization, ...ids }, { user: canary, model: canary.slice(0, 256) }),
    chatWith(
      { authorization, ...ids },
      { user: `user ${canary}`, stream: true, messages: [{ role: 'user', content: canary }] },
    ),
    chatWith({ authorization: `Bearer ${header}`, ...ids }, {}),
  ];
};

/** Requests that carry all canaries, `canary` by `canary`, in every other place that a client can write to. */
export const toLongRequests = (canaries: readonly string[], { authorization }: Authorized): Sent[] => {
  const canary = canaries.join(' ');
  const header = toHeader(canary);
  const inPath = encodeURIComponent(canary);
  const headers = { authorization, 'content-type': 'application/json' };
  const ids = { 'x-request-id': header, 'x-correlation-id': header, 'x-session-id': header };
  const chat = (changes: object, more: object = {}): Sent =>
    chatWith({ authorization, ...more }, { messages: [{ role: 'user', content: canary }], ...changes });
  const asked = (content: string) => ({ messages: [{ role: 'user', content }] });
  const call = {
    id: 'call_1',
    type: 'function',
    function: { name: toWord(canary), arguments: JSON.stringify({ canary }) },
  };
  const tool = {
    type: 'function',
    function: { name: toWord(canary), description: canary, parameters: { type: 'object', title: canary } },
  };
  return [
    chat({ stream: true, stream_options: { include_usage: true } }, ids),
    chat({
      messages: [
        { role: 'system', content: canary },
        { role: 'user', name: canary, content: canary },
      ],
    }),
    chat({
      tools: [tool],
      stop: [canary],
      metadata: Object.fromEntries(canaries.slice(0, 16).map((one) => [toWord(one), one.slice(0, 512)])),
    }),
    chat({
      messages: [
        { role: 'user', content: 'x' },
        { role: 'assistant', tool_calls: [call] },
        { role: 'tool', tool_call_id: 'call_1', content: canary },
      ],
      tools: [tool],
    }),
    chat({ model: canary }),
    chat({ model: `claude-haiku-4-5 ${canary}` }),
    chat({ [canary]: canary }),
    chat({ temperature: canary }),
    chat({ tool_choice: { type: 'function', function: { name: canary } } }),
    chat({ messages: [{ role: canary, content: canary }] }),
    chat(asked(`${canary} [[fault:status=503]]`)),
    chat(asked(`${canary} [[fault:throttle times=1]]`)),
    chat(asked(`${canary} [[fault:malformed=0]]`)),
    chat({ ...asked(`${canary} [[fault:cut=2]]`), stream: true }),
    chat(asked(`[[stop:${toWord(canary)}]] ${canary}`)),
    chat(
      {},
      {
        'x-debug': 'true',
        'user-agent': header,
        referer: header,
        'x-forwarded-for': header,
        'x-fluxgate-cache': header,
      },
    ),
    chat({}, { traceparent: header, tracestate: header, cookie: header, 'x-amzn-trace-id': `Root=${header}` }),
    chat({}, { authorization: `Bearer ${header}` }),
    chat({}, { authorization: header }),
    chat({}, { authorization: `Bearer fg_${toWord(header)}_${toWord(header)}` }),
    chat({}, { 'content-type': header }),
    { method: 'POST', path: CHAT, headers, body: `{"messages": [{"role": "user", "content": "${canary}` },
    { method: 'POST', path: CHAT, headers, body: canary },
    {
      method: 'POST',
      path: `${CHAT}?key=${inPath}&${inPath}=1`,
      headers,
      body: JSON.stringify({ model: 'nova-lite', ...asked('x') }),
    },
    { path: `/v1/models/${inPath}`, headers },
    { path: `/v1/requests/${inPath}`, headers },
    { path: `/v1/${inPath}`, headers },
    { path: `/${inPath}`, headers },
    {
      method: 'POST',
      path: '/v1/telemetry',
      headers,
      body: JSON.stringify({ service: canary, events: [{ type: canary }] }),
    },
    { path: `/metrics?name=${inPath}`, headers: { ...headers, ...ids } },
    { path: '/health', headers: ids },
  ];
};
