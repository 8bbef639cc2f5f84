import { type ConverseMessage, toolSpecs } from '../converse-request';
import { blocksOf, isBlank, type Rule } from './rule';

const toolConfigIsThere: Rule = (request) =>
  request.toolConfig || !blocksOf(request).some(({ block }) => block.toolUse || block.toolResult)
    ? undefined
    : 'The toolConfig field must be defined when using toolUse and toolResult content blocks.';

const toolNamesAreUnique: Rule = (request) => {
  const names = toolSpecs(request).map(({ name }) => name);
  return new Set(names).size === names.length ? undefined : 'The toolSpec names at toolConfig.tools must be unique.';
};

const toolSchemasAreObjects: Rule = (request) => {
  const index = toolSpecs(request).findIndex(({ inputSchema }) => inputSchema.json.type !== 'object');
  return index < 0
    ? undefined
    : `The value at toolConfig.tools.${index}.toolSpec.inputSchema.json.type must be one of the following: object.`;
};

const chosenToolExists: Rule = (request) => {
  const chosen = request.toolConfig?.toolChoice?.tool?.name;
  return chosen === undefined || toolSpecs(request).some(({ name }) => name === chosen)
    ? undefined
    : `The value at toolConfig.toolChoice.tool.name, ${chosen}, names no tool of toolConfig.tools.`;
};

const toolUseIds = (message: ConverseMessage | undefined): string[] =>
  message?.content.flatMap(({ toolUse }) => (toolUse ? [toolUse.toolUseId] : [])) ?? [];

const toolResultIds = (message: ConverseMessage | undefined): string[] =>
  message?.content.flatMap(({ toolResult }) => (toolResult ? [toolResult.toolUseId] : [])) ?? [];

const toolUsesAreAnswered: Rule = ({ messages }) => {
  for (const [index, message] of messages.entries()) {
    const asked = toolUseIds(messages[index - 1]);
    const answered = toolResultIds(message);
    const missing = asked.filter((id) => !answered.includes(id));
    if (missing.length > 0)
      return `Expected toolResult blocks at messages.${index}.content for the following Ids: ${missing.join(', ')}`;
    if (answered.length > asked.length || answered.some((id) => !asked.includes(id)))
      return `The number of toolResult blocks at messages.${index}.content exceeds the number of toolUse blocks of previous turn.`;
  }
  const open = toolUseIds(messages.at(-1));
  return open.length > 0
    ? `Expected toolResult blocks at messages.${messages.length}.content for the following Ids: ${open.join(', ')}`
    : undefined;
};

const noBlankToolResult: Rule = (request) => {
  const blank = blocksOf(request).find(
    ({ block: { toolResult } }) =>
      toolResult && (toolResult.content.length === 0 || toolResult.content.some(({ text }) => isBlank(text))),
  );
  return (
    blank &&
    `The content field in the ToolResultBlock object at ${blank.path}.toolResult is blank. Add content to it, and try again.`
  );
};

/** What Bedrock wants of tools, tool uses and their results. */
export const TOOL_RULES: readonly Rule[] = [
  toolConfigIsThere,
  toolNamesAreUnique,
  toolSchemasAreObjects,
  chosenToolExists,
  toolUsesAreAnswered,
  noBlankToolResult,
];
