import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as v from 'valibot';
import { errorAnswer } from './answers';
import { explainAwsError } from './explain-aws-error';
import type { Target } from './target';
import { UsageError } from './usage-error';

const failure = v.object({ errorMessage: v.string() });

/** Carries out one action of the management function and answers with its result. Throws `UsageError`. */
export const invoke = async ({ functionName, client }: Target, request: object): Promise<unknown> => {
  // One attempt: a repeated keys.create whose first answer was lost would leave a key behind that nobody holds.
  const lambda = new LambdaClient({ ...client, maxAttempts: 1 });
  const command = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(request) });
  const { FunctionError, Payload } = await lambda.send(command).catch((cause: unknown) => {
    throw explainAwsError(cause, 'The management function could not be called');
  });
  const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString('utf8') || 'null');
  if (FunctionError) {
    const why = v.is(failure, answer) ? answer.errorMessage : FunctionError;
    throw new UsageError(`The management function failed: ${why.replace(/\.$/, '')}.`);
  }
  if (v.is(errorAnswer, answer)) throw new UsageError(answer.error.message);
  return answer;
};
