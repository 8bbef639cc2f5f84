import { createHash } from 'node:crypto';
import { chooseTools } from './choose-tools';
import type { ConverseRequest } from './converse-request';
import { cutAtLimit, cutAtStopSequence } from './cut-answer';
import type { Directives } from './directives';
import { exampleOfSchema } from './example-of-schema';
import type { SimulatedModel } from './models';
import type { AnswerBlock, SimulatedAnswer } from './simulated-answer';
import { simulateText } from './simulated-text';

export type AnswerRequest = { request: ConverseRequest; model: SimulatedModel; directives: Directives };

const LONGEST_QUOTE = 200;

const quote = (text: string): string =>
  JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);

/** Everything of a request that may change its answer; metadata is only for logs. */
const seedOf = ({ request, model }: AnswerRequest): string =>
  JSON.stringify([model.id, { ...request, requestMetadata: undefined }]);

const toolUseId = (seed: string, index: number): string =>
  `tooluse_${createHash('sha256').update(`${index} ${seed}`).digest('base64url').slice(0, 22)}`;

const openingOf = ({ directives, model }: AnswerRequest, tools: readonly string[]): string => {
  const label = `[simulated answer of ${model.id}]`;
  if (directives.say !== undefined) return `${label} ${directives.say}`;
  if (tools.length > 0) return `${label} Calling ${tools.join(', ')}.`;
  if (directives.toolResults.length > 0)
    return `${label} The tools returned ${directives.toolResults.map(quote).join(' and ')}.`;
  return `${label} You wrote ${quote(directives.prompt)}.`;
};

const textOf = (asked: AnswerRequest, tools: readonly string[], seed: string): string => {
  const { exactly, say, tokens } = asked.directives;
  if (exactly !== undefined) return exactly;
  const opening = openingOf(asked, tools);
  return tokens === undefined && (say !== undefined || tools.length > 0)
    ? opening
    : simulateText({ opening, tokens, seed });
};

/** The answer to a request: always the same for the same request. */
export const composeAnswer = (asked: AnswerRequest): SimulatedAnswer => {
  const { request, directives } = asked;
  const seed = seedOf(asked);
  const tools = chooseTools(request, directives);
  const names = tools.map(({ name }) => name);
  const reasoning: AnswerBlock[] =
    directives.reasoning === undefined ? [] : [{ kind: 'reasoning', text: directives.reasoning }];
  const text: AnswerBlock = { kind: 'text', text: textOf(asked, names, seed) };
  const calls = tools.map(({ name, inputSchema }, index): AnswerBlock => {
    const json = JSON.stringify(exampleOfSchema(inputSchema.json));
    return { kind: 'tool', id: toolUseId(seed, index), name, json };
  });
  const whole = { blocks: [...reasoning, text, ...calls], stopReason: calls.length > 0 ? 'tool_use' : 'end_turn' };
  const { maxTokens, stopSequences = [] } = request.inferenceConfig;
  const cut = cutAtLimit(cutAtStopSequence(whole, stopSequences), maxTokens);
  return { ...cut, stopReason: directives.stop ?? cut.stopReason };
};
