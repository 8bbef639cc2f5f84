import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** Enough of AWS for the command line: Lambda Invoke of one function, and CloudFormation DescribeStacks of one stack. */
export type ManagementOverHttp = {
  url: string;
  /** Every payload that was sent to the function. */
  requests: unknown[];
  /** Replaces the function for later calls. */
  setHandler(handler: (event: unknown) => Promise<unknown>): void;
  close(): Promise<void>;
};

export const FUNCTION_NAME = 'Fluxgate-test-Management';
export const STACK_NAME = 'Fluxgate-test';

const DESCRIBE_STACKS = `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member>
<StackName>${STACK_NAME}</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-11-21T10:00:00Z</CreationTime>
<Outputs><member><OutputKey>ManagementFunctionName</OutputKey><OutputValue>${FUNCTION_NAME}</OutputValue></member></Outputs>
</member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;

const noStack = (name: string | null) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${name} does not exist</Message></Error></ErrorResponse>`;

type Handler = (event: unknown) => Promise<unknown>;
type HttpAnswer = { status: number; headers: Record<string, string>; body: string };

/** Listens on a free port of the loopback interface. */
export const serveManagement = async (initial: Handler): Promise<ManagementOverHttp> => {
  const requests: unknown[] = [];
  let handler = initial;
  const answer = (url: string | undefined, body: string): Promise<HttpAnswer> | HttpAnswer => {
    if (url !== `/2015-03-31/functions/${FUNCTION_NAME}/invocations`) return describeStacks(body);
    const event: unknown = JSON.parse(body);
    requests.push(event);
    return invoke(handler, event);
  };
  const server = createServer(async (request, response) => {
    const { status, headers, body } = await answer(request.url, await text(request));
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`,
    requests,
    setHandler: (next) => {
      handler = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};

const invoke = async (handler: Handler, event: unknown): Promise<HttpAnswer> => {
  try {
    return { status: 200, headers: {}, body: JSON.stringify(await handler(event)) };
  } catch (error) {
    const errorMessage = error instanceof Error ? error.message : String(error);
    return {
      status: 200,
      headers: { 'x-amz-function-error': 'Unhandled' },
      body: JSON.stringify({ errorType: 'Error', errorMessage }),
    };
  }
};

const describeStacks = (form: string): HttpAnswer => {
  const name = new URLSearchParams(form).get('StackName');
  const known = name === STACK_NAME;
  return {
    status: known ? 200 : 400,
    headers: { 'content-type': 'text/xml' },
    body: known ? DESCRIBE_STACKS : noStack(name),
  };
};
