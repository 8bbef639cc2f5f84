import type { AnswerBlock, SimulatedAnswer } from './simulated-answer';
import { countTokens, firstTokens } from './tokenizer';

const bodyOf = (block: AnswerBlock): string => (block.kind === 'tool' ? block.json : block.text);

/** A tool's name comes whole with the start of its block. */
const fixedTokens = (block: AnswerBlock): number => (block.kind === 'tool' ? countTokens(block.name) : 0);

const blockTokens = (block: AnswerBlock): number => fixedTokens(block) + countTokens(bodyOf(block));

const withBody = (block: AnswerBlock, body: string): AnswerBlock =>
  block.kind === 'tool' ? { ...block, json: body } : { ...block, text: body };

/** The output tokens of an answer as the simulator bills them. */
export const outputTokens = ({ blocks }: SimulatedAnswer): number =>
  blocks.reduce((total, block) => total + blockTokens(block), 0);

/** The answer up to `limit` tokens. */
export const cutAtLimit = (answer: SimulatedAnswer, limit: number): SimulatedAnswer => {
  if (outputTokens(answer) <= limit) return answer;
  const blocks: AnswerBlock[] = [];
  let left = limit;
  for (const block of answer.blocks) {
    const room = left - fixedTokens(block);
    if (room <= 0) break;
    blocks.push(withBody(block, firstTokens(bodyOf(block), room)));
    left -= blockTokens(block);
  }
  return { blocks, stopReason: 'max_tokens' };
};

const firstStop = (text: string, sequences: readonly string[]): number | undefined => {
  const places = sequences.map((sequence) => text.indexOf(sequence)).filter((place) => place >= 0);
  return places.length > 0 ? Math.min(...places) : undefined;
};

/** The answer up to the first stop sequence in its text; the sequence itself is left out. */
export const cutAtStopSequence = (answer: SimulatedAnswer, sequences: readonly string[]): SimulatedAnswer => {
  for (const [index, block] of answer.blocks.entries()) {
    if (block.kind !== 'text') continue;
    const place = firstStop(block.text, sequences);
    if (place === undefined) continue;
    const before = block.text.slice(0, place);
    const kept = answer.blocks.slice(0, index);
    return { blocks: before === '' ? kept : [...kept, { ...block, text: before }], stopReason: 'stop_sequence' };
  }
  return answer;
};
