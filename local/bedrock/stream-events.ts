import type { AnswerBlock, SimulatedAnswer } from './simulated-answer';
import { countTokens, toTokens } from './tokenizer';

/** One event of a ConverseStream answer; `tokens` is how much of the output it carries. */
export type StreamEvent = { type: string; payload: object; tokens: number };

const TOKENS_PER_TEXT_EVENT = 3;
const TOKENS_PER_ARGUMENT_EVENT = 4;

const inPieces = (text: string, size: number): string[] => {
  const tokens = toTokens(text);
  const count = Math.ceil(tokens.length / size);
  return Array.from({ length: count }, (_, index) => tokens.slice(index * size, (index + 1) * size).join(''));
};

const deltas = (
  contentBlockIndex: number,
  text: string,
  size: number,
  toDelta: (piece: string) => object,
): StreamEvent[] =>
  inPieces(text, size).map((piece) => ({
    type: 'contentBlockDelta',
    payload: { contentBlockIndex, delta: toDelta(piece) },
    tokens: countTokens(piece),
  }));

/** Bedrock announces the start of a tool block only; text and reasoning begin with their first delta. */
const blockBody = (block: AnswerBlock, index: number): StreamEvent[] => {
  switch (block.kind) {
    case 'text':
      return deltas(index, block.text, TOKENS_PER_TEXT_EVENT, (text) => ({ text }));
    case 'reasoning':
      return deltas(index, block.text, TOKENS_PER_TEXT_EVENT, (text) => ({ reasoningContent: { text } }));
    case 'tool': {
      const start = { toolUse: { toolUseId: block.id, name: block.name } };
      return [
        { type: 'contentBlockStart', payload: { contentBlockIndex: index, start }, tokens: countTokens(block.name) },
        ...deltas(index, block.json, TOKENS_PER_ARGUMENT_EVENT, (input) => ({ toolUse: { input } })),
      ];
    }
  }
};

const blockEvents = (block: AnswerBlock, index: number): StreamEvent[] => [
  ...blockBody(block, index),
  { type: 'contentBlockStop', payload: { contentBlockIndex: index }, tokens: 0 },
];

/** The events of an answer without the closing metadata, in Bedrock's order. */
export const toStreamEvents = ({ blocks, stopReason }: SimulatedAnswer): StreamEvent[] => [
  { type: 'messageStart', payload: { role: 'assistant' }, tokens: 0 },
  ...blocks.flatMap(blockEvents),
  { type: 'messageStop', payload: { stopReason }, tokens: 0 },
];

/** The last event: what was used and how long it took. */
export const metadataEvent = (usage: Record<string, unknown>, latencyMs: number): StreamEvent => ({
  type: 'metadata',
  payload: { usage, metrics: { latencyMs } },
  tokens: 0,
});
