import { type ConverseBlock, type ConverseRequest, toolSpecs } from './converse-request';
import { type ImageFormat, imageSize } from './image-size';
import { countTokens } from './tokenizer';

/** What a prompt costs beyond its texts; the tool figure is what Claude's own tool prompt takes. */
const TOKENS_PER_REQUEST = 4;
const TOKENS_PER_MESSAGE = 3;
const TOKENS_FOR_TOOLS = 346;
const TOKENS_PER_TOOL = 8;

const PIXELS_PER_IMAGE_TOKEN = 750;
const MAX_TOKENS_PER_IMAGE = 1_600;

const imageTokens = (format: ImageFormat, base64: string): number => {
  const size = imageSize(format, Buffer.from(base64, 'base64'));
  const pixels = size ? size.width * size.height : Number.POSITIVE_INFINITY;
  return Math.min(MAX_TOKENS_PER_IMAGE, Math.ceil(pixels / PIXELS_PER_IMAGE_TOKEN));
};

const resultTokens = (result: NonNullable<ConverseBlock['toolResult']>): number =>
  sum(result.content, ({ text, json, image }) => {
    if (image) return imageTokens(image.format, image.source.bytes);
    return countTokens(text ?? JSON.stringify(json));
  });

const blockTokens = ({ text, image, toolUse, toolResult, reasoningContent }: ConverseBlock): number => {
  if (text !== undefined) return countTokens(text);
  if (image) return imageTokens(image.format, image.source.bytes);
  if (toolUse) return countTokens(toolUse.name) + countTokens(JSON.stringify(toolUse.input));
  if (toolResult) return resultTokens(toolResult);
  return reasoningContent ? countTokens(reasoningContent.reasoningText.text) : 0;
};

const toolTokens = (request: ConverseRequest): number => {
  const specs = toolSpecs(request);
  if (specs.length === 0) return 0;
  const each = sum(
    specs,
    ({ name, description = '', inputSchema }) =>
      TOKENS_PER_TOOL + countTokens(name) + countTokens(description) + countTokens(JSON.stringify(inputSchema.json)),
  );
  return TOKENS_FOR_TOOLS + each;
};

const sum = <T>(items: readonly T[], tokens: (item: T) => number): number =>
  items.reduce((total, item) => total + tokens(item), 0);

/** The input tokens of a request as the simulator bills them. */
export const inputTokens = (request: ConverseRequest): number =>
  TOKENS_PER_REQUEST +
  sum(request.system ?? [], ({ text = '' }) => countTokens(text)) +
  sum(request.messages, ({ content }) => TOKENS_PER_MESSAGE + sum(content, blockTokens)) +
  toolTokens(request);
