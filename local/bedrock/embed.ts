import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import * as v from 'valibot';
import { invalid } from './bedrock-error';
import type { BillEntry } from './bill';
import { countTokens } from './tokenizer';

export const EMBEDDING_MODEL = 'amazon.titan-embed-text-v2:0';
const MAX_INPUT_TOKENS = 8_192;

const embedRequest = v.strictObject({
  inputText: v.pipe(v.string(), v.minLength(1)),
  dimensions: v.optional(v.picklist([256, 512, 1024]), 1024),
  normalize: v.optional(v.boolean(), true),
  embeddingTypes: v.optional(v.array(v.literal('float')), ['float']),
});

/** Every word adds to a few places of the vector, so that texts which share words lie near each other. */
const PLACES_PER_WORD = 8;

const addWord = (vector: number[], word: string): void => {
  const hash = createHash('sha256').update(word).digest();
  for (let place = 0; place < PLACES_PER_WORD; place += 1) {
    const at = hash.readUInt16BE(place * 2) % vector.length;
    vector[at] = (vector[at] ?? 0) + (hash.readUInt8(16 + place) & 1 ? 1 : -1);
  }
};

/** A vector of length 1, the same for the same text. */
export const embedText = (text: string, dimensions: number, normalize = true): number[] => {
  const vector = Array.from({ length: dimensions }, () => 0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [text]) addWord(vector, word);
  const length = normalize ? Math.hypot(...vector) : 1;
  return vector.map((value) => value / length);
};

/** Answers InvokeModel of Titan Text Embeddings V2. Throws ValidationException. */
export const embed = (
  modelId: string,
  json: unknown,
  { response, entry }: { response: ServerResponse; entry: BillEntry },
): void => {
  if (!modelId.endsWith(EMBEDDING_MODEL)) throw invalid('The provided model identifier is invalid.');
  const read = v.safeParse(embedRequest, json);
  if (!read.success) throw invalid(`Malformed input request: ${v.summarize(read.issues)}`);
  const { inputText, dimensions, normalize } = read.output;
  const inputTextTokenCount = countTokens(inputText);
  if (inputTextTokenCount > MAX_INPUT_TOKENS)
    throw invalid(`Too many input tokens. Max input tokens: ${MAX_INPUT_TOKENS}.`);
  const embedding = embedText(inputText, dimensions, normalize);
  entry.status = 200;
  entry.billed = { input: inputTextTokenCount, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
  entry.served.events = 1;
  entry.connection = 'complete';
  response.writeHead(200, {
    'content-type': 'application/json',
    'x-amzn-bedrock-input-token-count': String(inputTextTokenCount),
  });
  response.end(JSON.stringify({ embedding, embeddingsByType: { float: embedding }, inputTextTokenCount }));
};
