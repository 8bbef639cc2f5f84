/** How the caller of a kind is limited. */
export type CallerName = 'limited' | 'hurried' | 'starved';

/** What the key of each caller is made with. */
export const CALLERS: Readonly<Record<CallerName, object>> = {
  limited: { rpm: 100_000, tpm: 100_000_000, budget: { nanoUsd: 1_000_000_000_000, period: 'month' } },
  hurried: { rpm: 1 },
  starved: { tpm: 1 },
};

/** A kind of request whose consumption is counted. */
export type Kind = {
  name: string;
  caller: CallerName;
  /** Every request of the kind must get one of these. */
  statuses: readonly number[];
  /** Each leaves a record of its own; repeated refusals are rolled up. */
  recorded: boolean;
  /** How long the function is assumed to run for it, in seconds. */
  seconds: number;
  /** The body of request `index`. */
  body(index: number): object;
};

const MODEL_SECONDS = 1.5;
const STORE_SECONDS = 0.03;

const ANSWERED = { caller: 'limited', statuses: [200], recorded: true, seconds: MODEL_SECONDS } as const;
const REFUSED = { recorded: false, seconds: STORE_SECONDS } as const;

const PROMPT = 'Tell me how a fluxgate measures the field of the earth, and why it does not disturb it. '.repeat(11);

const chat = (start: string, options: object = {}): object => ({
  model: 'nova-lite',
  max_tokens: 400,
  messages: [{ role: 'user', content: `${start} ${PROMPT} [[tokens:150]]` }],
  ...options,
});

/** 1 kB of prompt and 150 tokens of answer; those that are answered have a key with limits on requests, tokens and money. */
export const KINDS: readonly Kind[] = [
  { ...ANSWERED, name: 'miss', body: (index) => chat(`miss ${index}`) },
  { ...ANSWERED, name: 'miss, streamed', body: (index) => chat(`streamed ${index}`, { stream: true }) },
  { ...ANSWERED, name: 'exact hit', seconds: STORE_SECONDS, body: () => chat('hit') },
  { ...REFUSED, name: 'refused, tokens a minute', caller: 'starved', statuses: [429], body: () => chat('tokens') },
  // A new minute, should one begin meanwhile, lets one request through.
  { ...REFUSED, name: 'refused, requests a minute', caller: 'hurried', statuses: [429, 200], body: () => chat('rate') },
  {
    ...REFUSED,
    name: 'refused, invalid',
    caller: 'limited',
    statuses: [400],
    body: () => chat('invalid', { temperature: 'hot' }),
  },
];
