import type { Paint } from './paint';

export type Greeted = {
  readonly url: string;
  readonly apiKey: string;
  readonly model: string;
  /** Absent when Bedrock is the real one. */
  readonly simulator: { readonly url: string } | undefined;
  /** Absent unless it was asked for. */
  readonly prometheus: { readonly url: string } | undefined;
  readonly region: string;
  readonly logsDirectory: string;
  readonly emfFile: string;
  readonly tracesFile: string;
  /** Absent when all is in memory. */
  readonly dataDirectory: string | undefined;
  readonly seconds: number;
};

/** What a running machine says about itself; the two examples work when they are pasted into a shell in this folder. */
export const toGreeting = (machine: Greeted, paint: Paint): string => {
  const rows: readonly (readonly [string, string])[] = [
    ['URL', machine.url],
    ['API key', machine.apiKey],
    [
      'Bedrock',
      machine.simulator === undefined
        ? `real, in ${machine.region}: it costs money`
        : `simulated, and answers say so; faults, pace and bill: ${machine.simulator.url}/__simulator/`,
    ],
    ['State', machine.dataDirectory ?? 'in memory, gone when this ends'],
    ['Logs', machine.logsDirectory],
    ['Metrics', `${machine.emfFile} (EMF), ${machine.url}/metrics (Prometheus)`],
    ...(machine.prometheus === undefined ? [] : [['Queries', `${machine.prometheus.url} (Prometheus)`] as const]),
    ['Traces', machine.tracesFile],
  ];
  return [
    `\n${paint('bold', 'Fluxgate is ready')} ${paint('dim', `after ${machine.seconds.toFixed(1)} s. Ctrl-C ends it.`)}\n`,
    ...rows.map(([title, text]) => `  ${paint('dim', title.padEnd(8))} ${text}`),
    `\n${paint('cyan', 'With curl:')}\n`,
    toCurl(machine),
    `\n${paint('cyan', 'With the OpenAI SDK:')}\n`,
    toSnippet(machine),
    '',
  ].join('\n');
};

const QUESTION = 'What does a fluxgate measure?';

export const toCurl = ({ url, apiKey, model }: Greeted): string => {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: QUESTION }] });
  return [
    `curl ${url}/v1/chat/completions -H 'Authorization: Bearer ${apiKey}' \\`,
    `  -H 'Content-Type: application/json' -d '${body}'`,
  ].join('\n');
};

export const toSnippet = ({ url, apiKey, model }: Greeted): string =>
  [
    "node --input-type=module <<'END'",
    "import OpenAI from 'openai';",
    `const client = new OpenAI({ baseURL: '${url}/v1', apiKey: '${apiKey}' });`,
    `const messages = [{ role: 'user', content: '${QUESTION}' }];`,
    `const answer = await client.chat.completions.create({ model: '${model}', messages });`,
    'console.log(answer.choices[0].message.content, answer.usage);',
    'END',
  ].join('\n');
