import type OpenAI from 'openai';
import { APIError } from 'openai';

export const HAIKU = 'claude-haiku-4-5';
export const NOVA = 'nova-lite';

type Params = Omit<OpenAI.ChatCompletionCreateParamsNonStreaming, 'stream'>;

/** A request with one user message; `changes` shows what matters. */
export const aChat = (content: string, changes: Partial<Params> = {}): Params => ({
  model: HAIKU,
  messages: [{ role: 'user', content }],
  max_tokens: 400,
  ...changes,
});

export const aTool = (name: string): OpenAI.ChatCompletionFunctionTool => ({
  type: 'function',
  function: {
    name,
    description: `Tells what ${name} tells.`,
    parameters: {
      type: 'object',
      properties: { place: { type: 'string' }, unit: { type: 'string', enum: ['celsius', 'fahrenheit'] } },
      required: ['place', 'unit'],
    },
  },
});

type Chunk = OpenAI.ChatCompletionChunk;

export const chunksOf = async (stream: AsyncIterable<Chunk>): Promise<Chunk[]> => {
  const chunks: Chunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
};

export const textOf = (chunks: readonly Chunk[]): string =>
  chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');

/** The API's error that a promise rejects with; anything else fails the test. */
export const refusalOf = async (asked: PromiseLike<unknown>): Promise<APIError> => {
  try {
    await asked;
  } catch (error) {
    if (error instanceof APIError) return error;
    throw error;
  }
  throw new Error('It was answered, and should not have been.');
};
