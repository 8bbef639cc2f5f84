import { redactText } from './redact';

/** An error as logs and traces show it: what it is and where, but no upstream bodies and no parts of prompts. */
export type ErrorFields = {
  name: string;
  message: string;
  /** The frames, one a line. */
  stack?: string;
  code?: string;
  kind?: string;
  /** Of an AWS call. */
  httpStatus?: number;
  awsRequestId?: string;
  cause?: ErrorFields;
  errors?: ErrorFields[];
};

/** Errors of these kinds quote what they could not read. */
const QUOTING = new Set(['SyntaxError', 'ValiError', 'ValidationException']);

/** A caller's error quotes him: the name of a model, a field, a value. */
const QUOTED = /"[^"]*"/g;

const DEEPEST = 4;
const MOST_ERRORS = 5;

/** Reads whatever was thrown. */
export const toErrorFields = (error: unknown, depth = 0): ErrorFields => {
  if (!(error instanceof Error)) return { name: typeof error, message: 'Something that is no error was thrown.' };
  return {
    name: error.name,
    message: messageOf(error),
    ...present('stack', framesOf(error)),
    ...present('code', textOf(error, 'code')),
    ...present('kind', textOf(error, 'kind')),
    ...metadataOf(error),
    ...present(
      'cause',
      depth < DEEPEST && error.cause !== undefined ? toErrorFields(error.cause, depth + 1) : undefined,
    ),
    ...present('errors', depth < DEEPEST ? errorsOf(error, depth) : undefined),
  };
};

const present = <K extends string, V>(name: K, value: V | undefined) =>
  value === undefined ? {} : ({ [name]: value } as const);

const messageOf = ({ name, message }: Error): string => {
  if (QUOTING.has(name)) return 'Left out, because it may quote what was sent.';
  return redactText(name === 'GatewayError' ? message.replaceAll(QUOTED, '"..."') : message);
};

/** A stack begins with the message, which may span lines. */
const framesOf = ({ stack }: Error): string | undefined => {
  const frames = stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return frames === undefined || frames.length === 0 ? undefined : frames.join('\n');
};

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const textOf = (value: unknown, name: string): string | undefined => {
  const field = fieldOf(value, name);
  return typeof field === 'string' ? field : undefined;
};

const metadataOf = (error: Error): Pick<ErrorFields, 'httpStatus' | 'awsRequestId'> => {
  const metadata = fieldOf(error, '$metadata');
  const status = fieldOf(metadata, 'httpStatusCode');
  return {
    ...present('httpStatus', typeof status === 'number' ? status : undefined),
    ...present('awsRequestId', textOf(metadata, 'requestId')),
  };
};

const errorsOf = (error: Error, depth: number): ErrorFields[] | undefined =>
  error instanceof AggregateError
    ? error.errors.slice(0, MOST_ERRORS).map((one) => toErrorFields(one, depth + 1))
    : undefined;
