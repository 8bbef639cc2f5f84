/** Errors of these kinds quote what they could not read. */
const QUOTING = new Set(['SyntaxError', 'ValiError', 'ValidationException']);

/** A caller's error quotes him: the name of a model, a field, a value. */
const QUOTED = /"[^"]*"/g;

type RedactText = (text: string) => string;

/** What an error says, redacted; nothing of an error that quotes what was sent. */
export const messageOf = ({ name, message }: Error, redactText: RedactText): string => {
  if (QUOTING.has(name)) return 'Left out, because it may quote what was sent.';
  return redactText(name === 'GatewayError' ? message.replaceAll(QUOTED, '"..."') : String(message));
};

/** The frames of an error, one a line; a stack begins with the message, which may span lines and is left out. */
export const framesOf = ({ stack }: Error, redactText: RedactText): string | undefined => {
  if (typeof stack !== 'string') return undefined;
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return frames.length === 0 ? undefined : redactText(frames.join('\n'));
};
