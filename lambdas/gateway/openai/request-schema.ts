import * as v from 'valibot';
import { objectFault } from './faults';
import { REQUEST_LIMITS } from './limits';
import { message } from './message-schema';
import { metadata } from './metadata-schema';
import { flag, listOf, numberBetween, onlyFalse, text, textBetween, wholeFrom } from './schema-parts';
import { tool, toolChoice } from './tool-schema';

const stopText = v.pipe(v.string('must be a string or an array of strings'), v.nonEmpty('must not be empty'));
const stopTexts = listOf(v.pipe(text, v.nonEmpty('must not be empty')), { to: REQUEST_LIMITS.stopSequences });
const stop = v.lazy((input) =>
  Array.isArray(input)
    ? stopTexts
    : v.pipe(
        stopText,
        v.transform((sequence) => [sequence]),
      ),
);

const streamOptions = v.strictObject(
  {
    include_usage: v.nullish(flag),
    include_obfuscation: onlyFalse('chunks are never padded'),
  },
  objectFault,
);

/** The fields of a chat request that are read; every other one stands in a table of `fields.ts` or is refused. */
export const requestEntries = {
  model: textBetween(1, REQUEST_LIMITS.modelCharacters),
  messages: listOf(message, { from: 1, to: REQUEST_LIMITS.messages }),
  tools: v.optional(listOf(tool, { to: REQUEST_LIMITS.tools })),
  tool_choice: v.optional(toolChoice),
  parallel_tool_calls: v.optional(flag),
  max_tokens: v.optional(wholeFrom(1)),
  max_completion_tokens: v.optional(wholeFrom(1)),
  temperature: v.optional(numberBetween(0, 2)),
  top_p: v.optional(numberBetween(0, 1)),
  stop: v.optional(stop),
  user: v.optional(textBetween(0, REQUEST_LIMITS.userCharacters)),
  metadata: v.optional(metadata),
  stream: v.optional(flag),
  stream_options: v.optional(streamOptions),
};

export const chatRequest = v.strictObject(requestEntries, objectFault);

/** A chat request in OpenAI's spelling, its messages and tools already in the gateway's parts. */
export type WireRequest = v.InferOutput<typeof chatRequest>;
