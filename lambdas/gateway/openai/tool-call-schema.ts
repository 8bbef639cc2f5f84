import * as v from 'valibot';
import type { JsonObject, ToolCallPart } from '../../core/chat/call';
import { objectFault, unsupported } from './faults';
import { REQUEST_LIMITS } from './limits';
import { readJsonText } from './read-json';
import { ignored, jsonObject, text, textBetween } from './schema-parts';

/** OpenAI and Bedrock agree on what a tool may be called. */
export const toolName = v.pipe(
  text,
  v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, underscores or dashes'),
);

export const functionType = v.literal('function', unsupported('only tools of type function can be used'));

const readArguments = (json: string): JsonObject | string => {
  // Many clients send nothing for a tool without parameters.
  if (json.trim() === '') return {};
  const read = readJsonText(json);
  if ('fault' in read) return read.fault.message;
  const object = v.safeParse(jsonObject, read.value);
  return object.success ? object.output : 'must be the JSON text of an object';
};

const argumentsText = v.pipe(
  text,
  v.rawTransform(({ dataset, addIssue, NEVER }): JsonObject => {
    const read = readArguments(dataset.value);
    if (typeof read !== 'string') return read;
    addIssue({ message: read });
    return NEVER;
  }),
);

/** One tool call of an assistant message, as the gateway's part. */
export const toolCall = v.pipe(
  v.strictObject(
    {
      id: textBetween(1, REQUEST_LIMITS.toolCallIdCharacters),
      type: functionType,
      function: v.strictObject({ name: toolName, arguments: argumentsText, parsed_arguments: ignored }, objectFault),
      index: ignored,
    },
    objectFault,
  ),
  v.transform(
    ({ id, function: call }): ToolCallPart => ({ type: 'tool_call', id, name: call.name, arguments: call.arguments }),
  ),
);
