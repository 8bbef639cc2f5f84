import * as v from 'valibot';
import type { Paint } from '../../../local/terminal/paint';

/** An error within a line: with its frames, and what it was caused by. */
const error = v.object({
  name: v.string(),
  message: v.string(),
  stack: v.optional(v.string()),
  cause: v.optional(v.unknown()),
  errors: v.optional(v.array(v.unknown()), []),
});

const DEEPEST = 5;

/** The error of a line with its stack and causes, one line each; nothing when it has none. */
export const formatError = (value: unknown, paint: Paint, why = '', depth = 0): string[] => {
  if (depth > DEEPEST || !v.is(error, value)) return [];
  const { name, message, stack = '', cause, errors } = v.parse(error, value);
  return [
    paint('red', `${why}${message === '' ? name : `${name}: ${message}`}`),
    ...toFrames(stack).map((frame) => paint('dim', `  ${frame}`)),
    ...formatError(cause, paint, 'caused by ', depth + 1),
    ...errors.flatMap((one) => formatError(one, paint, 'one of ', depth + 1)),
  ];
};

/** Frames of our own code: those of Node itself say nothing, and neither does the folder that a bundle happens to run in. */
const toFrames = (stack: string): string[] =>
  stack
    .split('\n')
    .map((frame) => frame.trim().replace(/(?:file:\/\/)?\/[^\s()]*\/([^/\s()]+:\d+:\d+)/, '$1'))
    .filter((frame) => frame !== '' && !frame.includes('node:internal'));
