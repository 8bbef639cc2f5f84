import * as v from 'valibot';
import type { TextPart } from '../../core/chat/call';
import { objectFault, unsupported } from './faults';
import { imageUrl } from './image-url';
import { REQUEST_LIMITS } from './limits';
import { ignored, listOf, onlyNull, text, textBetween } from './schema-parts';
import { toolCall } from './tool-call-schema';

const textPart = v.strictObject({ type: v.literal('text'), text }, objectFault);
const refusalPart = v.pipe(
  v.strictObject({ type: v.literal('refusal'), refusal: text }, objectFault),
  v.transform(({ refusal }): TextPart => ({ type: 'text', text: refusal })),
);
const imagePart = v.pipe(
  v.strictObject({ type: v.literal('image_url'), image_url: imageUrl }, objectFault),
  v.transform(({ image_url }) => image_url.url),
);

const partFault = (accepted: string) => (issue: v.VariantIssue) =>
  issue.expected === 'Object' ? 'must be an object' : unsupported(`send parts of type ${accepted}`);

const textParts = v.variant('type', [textPart], partFault('text'));
const userParts = v.variant('type', [textPart, imagePart], partFault('text or image_url'));
const assistantParts = v.variant('type', [textPart, refusalPart], partFault('text or refusal'));

const plainText = v.pipe(
  v.string('must be a string or an array of parts'),
  v.transform((value): TextPart[] => [{ type: 'text', text: value }]),
);

/** Content in either of its two spellings, as parts. */
const contentOf = <const Part extends v.GenericSchema>(part: Part) => {
  const parts = listOf(part, { to: REQUEST_LIMITS.partsPerMessage });
  return v.lazy((input) => (Array.isArray(input) ? parts : plainText));
};

const instructions = { content: contentOf(textParts), name: ignored };
const system = v.strictObject({ role: v.literal('system'), ...instructions }, objectFault);
const developer = v.strictObject({ role: v.literal('developer'), ...instructions }, objectFault);
const user = v.strictObject({ role: v.literal('user'), content: contentOf(userParts), name: ignored }, objectFault);
const tool = v.strictObject(
  {
    role: v.literal('tool'),
    tool_call_id: textBetween(1, REQUEST_LIMITS.toolCallIdCharacters),
    content: contentOf(textParts),
    name: ignored,
  },
  objectFault,
);
const assistant = v.strictObject(
  {
    role: v.literal('assistant'),
    content: v.nullish(contentOf(assistantParts)),
    refusal: v.nullish(text),
    tool_calls: v.nullish(listOf(toolCall, { to: REQUEST_LIMITS.toolCallsPerMessage })),
    name: ignored,
    // What the OpenAI SDK and API put into an answer comes back here when a client sends that answer as history.
    annotations: ignored,
    parsed: ignored,
    audio: onlyNull('there is no audio'),
    function_call: onlyNull('use tool_calls'),
  },
  objectFault,
);

/** One message in OpenAI's spelling; its content is already in the gateway's parts. */
export const message = v.variant('role', [system, developer, user, assistant, tool], ({ expected }) =>
  expected === 'Object' ? 'must be an object' : 'must be system, developer, user, assistant or tool',
);

export type WireMessage = v.InferOutput<typeof message>;
export type WireAssistant = v.InferOutput<typeof assistant>;
