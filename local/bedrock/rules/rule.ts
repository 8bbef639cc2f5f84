import type { ConverseBlock, ConverseRequest } from '../converse-request';
import type { SimulatedModel } from '../models';

/** Says what is wrong with a request that is well formed, in Bedrock's words; undefined when nothing is. */
export type Rule = (request: ConverseRequest, model: SimulatedModel, stream: boolean) => string | undefined;

export const isBlank = (text: string | undefined): boolean => text !== undefined && text.trim() === '';

type PlacedBlock = { role: 'user' | 'assistant'; block: ConverseBlock; path: string };

/** Every content block of a conversation and where it stands. */
export const blocksOf = (request: ConverseRequest): readonly PlacedBlock[] =>
  request.messages.flatMap(({ role, content }, message) =>
    content.map((block, index) => ({ role, block, path: `messages.${message}.content.${index}` })),
  );
