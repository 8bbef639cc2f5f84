import { invalid } from './bedrock-error';
import type { ConverseRequest } from './converse-request';
import { type Fault, readFault } from './fault';
import { type MarkerName, readMarkers, withoutMarkers } from './markers';

export type CacheTokens = { read: number; write5m: number; write1h: number };

/** What the last user message asks for, its markers read. */
export type Directives = {
  /** The last user message as it was sent, tool results included. */
  raw: string;
  /** Without tool results and markers. */
  prompt: string;
  /** Texts of the tool results that the last message brings. */
  toolResults: readonly string[];
  say: string | undefined;
  exactly: string | undefined;
  tokens: number | undefined;
  reasoning: string | undefined;
  tools: readonly string[];
  stop: string | undefined;
  cache: CacheTokens | undefined;
  firstEventMs: number | undefined;
  eventMs: number | undefined;
  tokensPerSecond: number | undefined;
  faults: readonly Fault[];
};

const LENGTH_IN_WORDS = /\b(\d{1,5}) (?:words|tokens)\b/i;

const toWhole = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text.trim()))
    throw invalid(`The simulator's marker "${name}" wants a whole number, not "${text}".`);
  return Number(text);
};

const toCacheTokens = (text: string | undefined): CacheTokens | undefined => {
  if (text === undefined) return undefined;
  const of = (kind: string): number => toWhole('cache', new RegExp(`\\b${kind}=(\\w+)`).exec(text)?.[1]) ?? 0;
  return { read: of('read'), write5m: of('write5m'), write1h: of('write1h') };
};

const toolResultsOf = (message: ConverseRequest['messages'][number] | undefined): string[] =>
  message?.content.flatMap(({ toolResult }) =>
    toolResult ? [toolResult.content.map(({ text, json }) => text ?? JSON.stringify(json ?? {})).join(' ')] : [],
  ) ?? [];

/** Reads what a request asks of the simulator. Throws ValidationException for a marker that makes no sense. */
export const readDirectives = ({ messages }: ConverseRequest): Directives => {
  const last = messages.findLast(({ role }) => role === 'user');
  const text = last?.content.flatMap((block) => block.text ?? []).join('\n') ?? '';
  const toolResults = toolResultsOf(last);
  const raw = [text, ...toolResults].join('\n');
  const markers = readMarkers(raw);
  const argumentOf = (name: MarkerName) => markers.find((marker) => marker.name === name)?.argument;
  const prompt = withoutMarkers(text);
  return {
    raw,
    prompt,
    toolResults,
    say: argumentOf('say'),
    exactly: argumentOf('exactly'),
    tokens: toWhole('tokens', argumentOf('tokens') ?? LENGTH_IN_WORDS.exec(prompt)?.[1]),
    reasoning: argumentOf('reasoning'),
    tools:
      argumentOf('tools')
        ?.split(',')
        .map((name) => name.trim()) ?? [],
    stop: argumentOf('stop'),
    cache: toCacheTokens(argumentOf('cache')),
    firstEventMs: toWhole('think', argumentOf('think')),
    eventMs: toWhole('delay', argumentOf('delay')),
    tokensPerSecond: toWhole('rate', argumentOf('rate')),
    faults: markers.filter(({ name }) => name === 'fault').map(({ argument }) => readFault(argument)),
  };
};
