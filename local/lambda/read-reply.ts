import { buffer } from 'node:stream/consumers';
import type { FunctionResult } from '../aws/lambda/create-lambda';
import type { Failure, Reply } from './invocation';

/** The largest answer of a buffered invocation. */
const ANSWER_LIMIT_BYTES = 6 * 1024 * 1024;

/** The whole answer of a function, as the Invoke API gives it back. Never rejects: a function that dies midway is a function error. */
export const readReply = async ({ body, functionError }: Reply): Promise<FunctionResult> => {
  try {
    const payload = await buffer(body);
    if (payload.length > ANSWER_LIMIT_BYTES) return toResult(tooLarge(payload.length));
    return functionError === undefined ? { payload } : { payload, functionError };
  } catch (error) {
    return toResult({ errorType: 'Runtime.ExitError', errorMessage: `The function died while it answered: ${error}` });
  }
};

const tooLarge = (bytes: number): Failure => ({
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${ANSWER_LIMIT_BYTES} bytes).`,
});

const toResult = (failure: Failure): FunctionResult => ({
  payload: Buffer.from(JSON.stringify(failure)),
  functionError: 'Unhandled',
});
