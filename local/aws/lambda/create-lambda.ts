import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error';
import { toRefusals, toRestErrorAnswer } from '../error-documents';
import type { Answer, AwsService, Incoming } from '../service';
import { FunctionNotFound } from './function-not-found';

export type FunctionResult = {
  readonly payload: Buffer;
  /** `Unhandled` or `Handled` when the function threw. */
  readonly functionError?: string;
};

export type LambdaDeps = {
  readonly region: string;
  readonly accountId: string;
  readonly invokeFunction: (functionName: string, payload: Buffer) => Promise<FunctionResult>;
  readonly onError: (error: unknown) => void;
};

/** The largest event of each invocation type, in bytes. */
const LIMITS = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024 } as const;

type InvocationType = keyof typeof LIMITS;

/** Lambda: Invoke, waiting for the result or not. */
export const createLambda = (deps: LambdaDeps): AwsService => ({
  name: 'lambda',
  read: async (incoming) => {
    const name = readFunctionName(incoming);
    const type = readInvocationType(incoming);
    return {
      operation: 'Invoke',
      accesses: [
        {
          action: 'lambda:InvokeFunction',
          resource: `arn:aws:lambda:${deps.region}:${deps.accountId}:function:${name}`,
          context: {},
        },
      ],
      tables: [],
      keys: [],
      eventuallyConsistent: false,
      perform: async ({ wait }) => {
        await wait();
        const payload = await readPayload(incoming, type);
        return type === 'Event' ? invokeLater(deps, name, payload) : invokeNow(deps, name, payload);
      },
    };
  },
  toErrorAnswer: toRestErrorAnswer,
  refusals: REFUSALS,
});

const readFunctionName = ({ method, path }: Incoming): string => {
  const [, encoded] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path) ?? [];
  if (method !== 'POST' || encoded === undefined) {
    throw new AwsError({
      code: 'UnknownOperationException',
      status: 404,
      message: `The local AWS proxy has no Lambda operation but Invoke, and not ${method} ${path}.`,
    });
  }
  // An ARN ends in the name; a version or alias may follow either.
  const id = decodeURIComponent(encoded).replace(/^(?:arn:aws:lambda:[^:]*:)?(?:\d{12}:)?(?:function:)?/, '');
  return id.split(':')[0] ?? id;
};

const isInvocationType = (name: string): name is InvocationType => Object.hasOwn(LIMITS, name);

const readInvocationType = ({ headers }: Incoming): InvocationType => {
  const type = String(headers['x-amz-invocation-type'] ?? 'RequestResponse');
  if (isInvocationType(type)) return type;
  const message = `The local AWS proxy invokes as RequestResponse or Event, not as ${type}.`;
  throw new AwsError({ code: 'InvalidParameterValueException', status: 400, message });
};

const readPayload = async (incoming: Incoming, type: InvocationType): Promise<Buffer> => {
  const payload = await incoming.readBody();
  if (payload.length <= LIMITS[type]) return payload;
  const message = `Request must be smaller than ${LIMITS[type]} bytes for the InvokeFunction operation`;
  throw new AwsError({ code: 'RequestTooLargeException', status: 413, message, fields: { Type: 'User' } });
};

const invokeNow = async (deps: LambdaDeps, name: string, payload: Buffer): Promise<Answer> => {
  const result = await deps.invokeFunction(name, payload).catch((error: unknown) => {
    if (error instanceof FunctionNotFound) throw functionNotFound(deps, name, error);
    throw error;
  });
  const headers = {
    'content-type': 'application/json',
    'x-amzn-requestid': randomUUID(),
    'x-amz-executed-version': '$LATEST',
    ...(result.functionError !== undefined && { 'x-amz-function-error': result.functionError }),
  };
  return { status: 200, headers, body: result.payload };
};

const invokeLater = ({ invokeFunction, onError }: LambdaDeps, name: string, payload: Buffer): Answer => {
  invokeFunction(name, payload).catch(onError);
  return { status: 202, headers: { 'x-amzn-requestid': randomUUID() }, body: Buffer.alloc(0) };
};

const functionNotFound = ({ region, accountId }: LambdaDeps, name: string, cause: unknown): AwsError =>
  new AwsError({
    code: 'ResourceNotFoundException',
    status: 404,
    message: `Function not found: arn:aws:lambda:${region}:${accountId}:function:${name}`,
    fields: { Type: 'User' },
    cause,
  });

const REFUSALS = toRefusals({
  throttled: { code: 'TooManyRequestsException', status: 429, message: 'Rate Exceeded.' },
  unknownKey: {
    code: 'UnrecognizedClientException',
    status: 403,
    message: 'The security token included in the request is invalid.',
  },
  internal: { code: 'ServiceException', status: 500 },
  denied: { code: 'AccessDeniedException', status: 403 },
});
