import type { ImagePart } from '../chat/call';
import { readImageSize } from './image-size';

/**
 * Claude takes (width / 28) x (height / 28) tokens and scales an image down until they are at most 4,784
 * (https://platform.claude.com/docs/en/build-with-claude/vision). Llama 4 takes at most 16 tiles and an overview of
 * 144 tokens, Mistral at most (1,540 / 28)^2 patches and a break per row: both less than that.
 */
const SMALL_IMAGE_TOKENS = 5_000;

/**
 * Nova 1 keeps large images large: the documented samples lie between 506 and 650 pixels a token
 * (https://docs.aws.amazon.com/nova/latest/userguide/modalities-image.html).
 */
const PIXELS_PER_TOKEN = 500;

/** The largest image that Claude and Nova accept; what cannot be measured is taken to be that large. */
const LARGEST_IMAGE = { width: 8_000, height: 8_000 };

/** At most this many tokens for one image, whichever model reads it. */
export const imageTokenBound = ({ format, base64 }: ImagePart): number => {
  const { width, height } = readImageSize(format, base64) ?? LARGEST_IMAGE;
  return Math.max(SMALL_IMAGE_TOKENS, Math.ceil((width * height) / PIXELS_PER_TOKEN));
};
