import * as v from 'valibot';
import type { Tool } from '../../core/chat/call';
import { objectFault, unsupported } from './faults';
import { ignored, jsonObject, text } from './schema-parts';
import { functionType, toolName } from './tool-call-schema';

const parameters = v.pipe(
  jsonObject,
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { type } = dataset.value;
    if (type !== undefined && type !== 'object') addIssue({ message: 'must be a JSON schema of type object' });
  }),
  v.transform((schema) => ({ type: 'object', ...schema })),
);

/** One entry of `tools`, as the gateway's tool. */
export const tool = v.pipe(
  v.strictObject(
    {
      type: functionType,
      function: v.strictObject(
        { name: toolName, description: v.nullish(text), parameters: v.nullish(parameters), strict: ignored },
        objectFault,
      ),
    },
    objectFault,
  ),
  v.transform(
    ({ function: { name, description, parameters: inputSchema } }): Tool => ({
      name,
      ...(description ? { description } : {}),
      inputSchema: inputSchema ?? { type: 'object', properties: {} },
    }),
  ),
);

const CHOICE_FAULT = 'must be none, auto, required or {"type":"function","function":{"name":...}}';

const namedChoice = v.pipe(
  v.strictObject(
    {
      type: v.literal('function', unsupported(`it ${CHOICE_FAULT}`)),
      function: v.strictObject({ name: toolName }, objectFault),
    },
    objectFault,
  ),
  v.transform(({ function: { name } }) => ({ name })),
);
const choiceWord = v.picklist(['none', 'auto', 'required'], CHOICE_FAULT);

/** `tool_choice`, as the gateway's choice. */
export const toolChoice = v.lazy((input) => (typeof input === 'object' ? namedChoice : choiceWord));
