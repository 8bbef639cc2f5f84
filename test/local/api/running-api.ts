import { type IncomingMessage, request } from 'node:http';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createApi } from '../../../local/api/create-api';
import { openFront } from '../../../local/api/front';
import type { RestApi } from '../../../local/api/rest-api';
import type { FunctionCall } from '../../../local/lambda/functions';
import type { Reply } from '../../../local/lambda/invocation';
import type { SegmentDocument } from '../../../local/xray/daemon';

export type RunningApi = {
  port: number;
  accessLines: string[];
  segments: SegmentDocument[];
  failures: unknown[];
  close(): Promise<void>;
};

/** Puts an API on a free port in front of functions that answer as told. */
export const runApi = async (
  api: RestApi,
  invoke: (call: FunctionCall) => Promise<Reply> | Reply,
): Promise<RunningApi> => {
  const running = { accessLines: [] as string[], segments: [] as SegmentDocument[], failures: [] as unknown[] };
  const listener = createApi({
    api,
    functions: { invoke: async (call) => invoke(call) },
    onAccessLine: (line) => running.accessLines.push(line),
    onSegment: (segment) => running.segments.push(segment),
    onFailure: (_, error) => running.failures.push(error),
  });
  const front = await openFront(0);
  front.serve(listener);
  return { ...running, port: front.port, close: front.close };
};

/** A streaming function's answer, whose body the test writes. */
export const streamedReply = (head: object): { reply: Reply; body: PassThrough } => {
  const body = new PassThrough();
  body.write(`${JSON.stringify(head)}${'\0'.repeat(8)}`);
  return {
    body,
    reply: {
      contentType: 'application/vnd.awslambda.http-integration-response',
      streamed: true,
      functionError: undefined,
      body,
    },
  };
};

export const bufferedReply = (answer: unknown, functionError?: 'Unhandled'): Reply => {
  const body = new PassThrough();
  body.end(JSON.stringify(answer));
  return { contentType: 'application/json', streamed: false, functionError, body };
};

type Sent = { method?: string; path?: string; headers?: Record<string, string | string[]>; body?: string | Buffer };

/** Sends a request and resolves with the response once its head is there. */
export const send = (port: number, { method = 'GET', path = '/', headers, body }: Sent): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });

export const read = async (response: IncomingMessage) => ({
  status: response.statusCode,
  headers: response.headers,
  body: await text(response),
});
