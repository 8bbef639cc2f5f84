/** Errors of these kinds quote what they could not read. */
const QUOTING = new Set(['SyntaxError', 'ValiError', 'ValidationException']);

type RedactText = (text: string) => string;

/** What an error says, redacted; nothing of an error that quotes what was sent. */
export const messageOf = (error: Error, redactText: RedactText): string =>
  QUOTING.has(error.name) ? 'Left out, because it may quote what was sent.' : redactText(String(error.message));

/** The frames of an error, one a line; a stack begins with the message, which may span lines and is left out. */
export const framesOf = ({ stack }: Error, redactText: RedactText): string | undefined => {
  if (typeof stack !== 'string') return undefined;
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return frames.length === 0 ? undefined : redactText(frames.join('\n'));
};
