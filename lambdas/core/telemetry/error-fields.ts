import { framesOf, messageOf } from './error-parts';
import { redactText } from './redaction/redact';

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

const DEEPEST = 4;
const MOST_ERRORS = 5;

/** Reads whatever was thrown. */
export const toErrorFields = (error: unknown, depth = 0): ErrorFields => {
  if (!(error instanceof Error)) return { name: typeof error, message: 'Something that is no error was thrown.' };
  return {
    name: redactText(String(error.name)),
    message: messageOf(error, redactText),
    ...present('stack', framesOf(error, redactText)),
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

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const textOf = (value: unknown, name: string): string | undefined => {
  const field = fieldOf(value, name);
  return typeof field === 'string' ? redactText(field) : undefined;
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
