import type { Dialect } from '../answer-writer';
import { toErrorBody } from './errors';
import { parseChat } from './parse';
import { createWriter } from './writer';

/** OpenAI's chat completions. */
export const openAiDialect: Dialect = { parse: parseChat, createWriter, errorBody: toErrorBody };
