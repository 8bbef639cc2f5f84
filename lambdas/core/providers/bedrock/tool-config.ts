import type { Call, Tool, ToolChoice } from '../../chat/call';
import { isBlank } from './is-blank';
import { toDocument } from './to-document';
import type { ConverseTool, ToolConfiguration } from './wire';

/** Bedrock takes schemas of objects only; a tool without parameters is declared by an empty one. */
const toConverseTool = ({ name, description = '', inputSchema }: Tool): ConverseTool => ({
  toolSpec: {
    name,
    ...(!isBlank(description) && { description }),
    inputSchema: { json: toDocument({ type: 'object', ...inputSchema }) },
  },
});

/** `auto` is what Bedrock does by itself, and the one choice that not every model lets itself be told. */
const toToolChoice = (choice: ToolChoice): ToolConfiguration['toolChoice'] => {
  if (typeof choice === 'object') return { tool: { name: choice.name } };
  return choice === 'required' ? { any: {} } : undefined;
};

export const mayCallTools = ({ tools, toolChoice }: Call): boolean => tools.length > 0 && toolChoice !== 'none';

/** The tools that the model may call; undefined when it may call none. */
export const toToolConfig = (call: Call): ToolConfiguration | undefined => {
  if (!mayCallTools(call)) return undefined;
  const toolChoice = toToolChoice(call.toolChoice);
  return { tools: call.tools.map(toConverseTool), ...(toolChoice && { toolChoice }) };
};
