import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { BedrockError } from './bedrock-error';
import type { Bill, BillEntry } from './bill';
import type { Control } from './control';
import { converse } from './converse';
import { embed } from './embed';
import type { FaultBox } from './fault-box';
import { parseJson } from './parse-json';

export type ModelDeps = { bill: Bill; control: Control; faults: FaultBox };

const MODEL_ROUTE = /^\/model\/(.+)\/(converse|converse-stream|invoke)$/;

const isOperation = (name: string): name is BillEntry['operation'] =>
  name === 'converse' || name === 'converse-stream' || name === 'invoke';

const openEntry = (bill: Bill, call: Pick<BillEntry, 'id' | 'operation' | 'modelId'>): BillEntry =>
  bill.open({
    ...call,
    at: Date.now(),
    status: undefined,
    faults: [],
    billed: undefined,
    served: { events: 0, outputTokens: 0 },
    connection: 'open',
    requestMetadata: {},
  });

const answer = async (deps: ModelDeps, request: IncomingMessage, response: ServerResponse, entry: BillEntry) => {
  const { modelId, operation } = entry;
  const body = await buffer(request);
  const json = parseJson(body);
  if (operation === 'invoke') return embed(modelId, json, { response, entry });
  const exchange = { modelId, body, response, entry, pace: deps.control.pace(), faults: deps.faults };
  return converse(exchange, json, operation === 'converse-stream');
};

/** Serves one call of Bedrock Runtime and enters it on the bill. Throws BedrockError for what is refused. */
export const serveModel = async (
  deps: ModelDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const [, encodedId = '', operation = ''] = MODEL_ROUTE.exec(request.url ?? '') ?? [];
  if (request.method !== 'POST' || !isOperation(operation))
    throw new BedrockError('ResourceNotFoundException', `The simulator has no ${request.method} ${request.url}.`);
  const id = randomUUID();
  response.setHeader('x-amzn-requestid', id);
  const entry = openEntry(deps.bill, { id, operation, modelId: decodeURIComponent(encodedId) });
  try {
    await answer(deps, request, response, entry);
  } catch (error) {
    entry.status = error instanceof BedrockError ? error.status : 500;
    entry.connection = response.destroyed ? 'cut' : 'complete';
    throw error;
  }
};
