import type { AwsAnswer, AwsCall, Span } from './ports';

/** What the second argument of a client's `send` may carry; the handler of `awsClientConfig` reads `traceHeader`. */
export type CallOptions = { abortSignal?: AbortSignal; traceHeader?: string };

/**
 * Makes a call of AWS as a step of `parent`, named `<service>.<operation>`, and passes the trace on with it. When
 * nothing is recorded it only makes the call. Throws what the call throws.
 */
export const callAws = async <Output extends { $metadata: AwsAnswer }>(
  parent: Span | undefined,
  call: AwsCall,
  send: (options?: CallOptions) => Promise<Output>,
): Promise<Output> => {
  if (!parent?.recording) return send();
  const span = parent.child(`${call.service}.${call.operation}`, call);
  try {
    const output = await send({ traceHeader: span.header() });
    span.answered(output.$metadata);
    return output;
  } catch (error) {
    const answer = answerOf(error);
    if (answer) span.answered(answer);
    span.fail(error);
    throw error;
  } finally {
    span.end();
  }
};

/** The errors of the SDK say what was answered. */
const answerOf = (error: unknown): AwsAnswer | undefined => {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  const { $metadata: answer } = error;
  if (typeof answer !== 'object' || answer === null) return undefined;
  return {
    ...('httpStatusCode' in answer && typeof answer.httpStatusCode === 'number'
      ? { httpStatusCode: answer.httpStatusCode }
      : {}),
    ...('requestId' in answer && typeof answer.requestId === 'string' ? { requestId: answer.requestId } : {}),
    ...('attempts' in answer && typeof answer.attempts === 'number' ? { attempts: answer.attempts } : {}),
  };
};
