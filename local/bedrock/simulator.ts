import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { BedrockError, invalid } from './bedrock-error';
import { type Bill, createBill } from './bill';
import { type Control, createControl } from './control';
import { answerControl } from './control-routes';
import { createFaultBox } from './fault-box';
import type { Pace } from './pace';
import { parseJson } from './parse-json';
import { sendError } from './send-error';
import { type ModelDeps, serveModel } from './serve-model';

export type SimulatorOptions = {
  /** @default 0: any free port */
  port?: number;
  /** @default 20 ms before the first event, 3 ms before every other */
  pace?: Partial<Pace>;
};

export type BedrockSimulator = {
  /** Where `AWS_ENDPOINT_URL_BEDROCK_RUNTIME` may point. */
  url: string;
  port: number;
  bill: Bill;
  control: Control;
  /** Ends every connection and the server. */
  close(): Promise<void>;
};

const HOST = '127.0.0.1';
const CONTROL_PREFIX = '/__simulator';

const serve = async (deps: ModelDeps, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (!path.startsWith(CONTROL_PREFIX)) return serveModel(deps, request, response);
  // A web page cannot send this content type to another origin unasked, so none can steer the simulator.
  if (request.method === 'POST' && request.headers['content-type'] !== 'application/json')
    throw invalid('Send orders to the simulator as application/json.');
  const json = parseJson(await buffer(request));
  return answerControl(`${request.method} ${path.slice(CONTROL_PREFIX.length) || '/'}`, json, deps, response);
};

const toBedrockError = (cause: unknown): BedrockError => {
  if (cause instanceof BedrockError) return cause;
  console.error('The Bedrock simulator failed.', cause);
  return new BedrockError('InternalServerException', 'The simulator failed; see its log.', { cause });
};

const fail = (response: ServerResponse, cause: unknown): void => {
  if (response.destroyed) return;
  const error = toBedrockError(cause);
  if (response.headersSent) response.destroy();
  else sendError(response, error);
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/**
 * Starts a server on the loopback that speaks Bedrock Runtime over HTTP/1.1: Converse, ConverseStream, and InvokeModel of
 * Titan embeddings. Its answers are functions of the request and say that they are simulated. Rejects when the port is taken.
 */
export const startBedrockSimulator = async (options: SimulatorOptions = {}): Promise<BedrockSimulator> => {
  const bill = createBill();
  const faults = createFaultBox();
  const control = createControl({ bill, faults, pace: options.pace });
  const server = createServer((request, response) => {
    serve({ bill, control, faults }, request, response).catch((error: unknown) => fail(response, error));
  });
  const port = await listen(server, options.port ?? 0);
  return { url: `http://${HOST}:${port}`, port, bill, control, close: () => close(server) };
};
