import * as v from 'valibot';
import type { ImagePart } from '../../core/chat/call';
import { objectFault, unsupported } from './faults';
import { ignored, text } from './schema-parts';

const FORMATS: Readonly<Record<string, ImagePart['format']>> = {
  'image/png': 'png',
  'image/jpeg': 'jpeg',
  'image/jpg': 'jpeg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};
const NOT_BASE64 = /[^A-Za-z0-9+/]/;

const isBase64 = (data: string): boolean =>
  data.length > 0 && data.length % 4 === 0 && !NOT_BASE64.test(data.replace(/={1,2}$/, ''));

/** A `data:` URL as its parts; a string says what is wrong with it. */
const readDataUrl = (url: string): ImagePart | string => {
  if (!/^data:/i.test(url)) {
    return unsupported('the gateway fetches no remote images; send a data URL (data:image/png;base64,...)');
  }
  const comma = url.indexOf(',');
  const [mediaType = '', ...parameters] = url.slice('data:'.length, comma).toLowerCase().split(';');
  const format = Object.hasOwn(FORMATS, mediaType) ? FORMATS[mediaType] : undefined;
  if (comma < 0 || parameters.at(-1) !== 'base64') return 'must be a data URL in base64 (data:image/png;base64,...)';
  if (!format) return unsupported('send a PNG, JPEG, GIF or WebP image');
  const base64 = url.slice(comma + 1);
  return isBase64(base64) ? { type: 'image', format, base64 } : 'does not hold valid base64';
};

const dataUrl = v.pipe(
  text,
  v.rawTransform(({ dataset, addIssue, NEVER }): ImagePart => {
    const read = readDataUrl(dataset.value);
    if (typeof read !== 'string') return read;
    addIssue({ message: read });
    return NEVER;
  }),
);

/** The value of an `image_url` part. */
export const imageUrl = v.strictObject({ url: dataUrl, detail: ignored }, objectFault);
