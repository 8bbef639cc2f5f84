import { imageSize } from '../image-size';
import { blocksOf, isBlank, type Rule } from './rule';

const startsWithUser: Rule = ({ messages }) =>
  messages[0]?.role === 'user'
    ? undefined
    : 'A conversation must start with a user message. Try again with a conversation that starts with a user message.';

const alternates: Rule = ({ messages }) =>
  messages.every(({ role }, index) => role !== messages[index - 1]?.role)
    ? undefined
    : 'A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.';

const endsWithUser: Rule = ({ messages }, model) =>
  model.prefill || messages.at(-1)?.role === 'user'
    ? undefined
    : 'This model does not support assistant message prefill. The conversation must end with a user message.';

const prefillIsTrimmed: Rule = ({ messages }) => {
  const last = messages.at(-1);
  const text = last?.content.at(-1)?.text;
  return last?.role === 'assistant' && text !== undefined && text !== text.trimEnd()
    ? 'messages: final assistant content cannot end with trailing whitespace'
    : undefined;
};

const noEmptyMessage: Rule = ({ messages }) => {
  const index = messages.findIndex(({ content }) => content.length === 0);
  return index < 0
    ? undefined
    : `The content field in the Message object at messages.${index} is empty. Add a ContentBlock object to the content field and try again.`;
};

const noBlankText: Rule = (request) => {
  const blank = blocksOf(request).find(({ block }) => isBlank(block.text));
  if (blank)
    return `The text field in the ContentBlock object at ${blank.path} is blank. Add text to the text field, and try again.`;
  const system = request.system?.findIndex(({ text }) => isBlank(text)) ?? -1;
  return system < 0
    ? undefined
    : `The text field in the SystemContentBlock object at system.${system} is blank. Add text to the text field, and try again.`;
};

const rolesFitBlocks: Rule = (request) => {
  const misplaced = blocksOf(request).find(({ role, block }) =>
    role === 'user' ? block.toolUse || block.reasoningContent : block.toolResult || block.image,
  );
  return (
    misplaced &&
    `The ContentBlock object at ${misplaced.path} cannot be used in a message of the role ${misplaced.role}.`
  );
};

const imagesAreImages: Rule = (request) => {
  const broken = blocksOf(request).find(
    ({ block: { image } }) => image && !imageSize(image.format, Buffer.from(image.source.bytes, 'base64')),
  );
  return broken && `The image at ${broken.path} could not be processed: it is no ${broken.block.image?.format} file.`;
};

/** What Bedrock wants of roles and content blocks. */
export const MESSAGE_RULES: readonly Rule[] = [
  startsWithUser,
  alternates,
  noEmptyMessage,
  noBlankText,
  rolesFitBlocks,
  endsWithUser,
  prefillIsTrimmed,
  imagesAreImages,
];
