import type { ServerResponse } from 'node:http';
import type { BillEntry } from './bill';
import { composeAnswer } from './compose-answer';
import { readConverseRequest } from './converse-request';
import { toConverseResponse } from './converse-response';
import { outputTokens } from './cut-answer';
import { deliverBody } from './deliver-body';
import { deliverRefusal } from './deliver-refusal';
import { deliverStream } from './deliver-stream';
import { readDirectives } from './directives';
import type { FaultBox, Strike } from './fault-box';
import { inputTokens } from './input-tokens';
import { judgeRequest } from './judge-request';
import { findModel } from './models';
import { type Pace, paceOf, waitBefore } from './pace';
import { metadataEvent, toStreamEvents } from './stream-events';
import { toTokens, toTokenUsage } from './usage';

export type ConverseExchange = {
  modelId: string;
  body: Buffer;
  response: ServerResponse;
  entry: BillEntry;
  pace: Pace;
  faults: FaultBox;
};

const isStruckBy = ({ shaping }: Strike, kind: string): boolean => shaping.some((fault) => fault.kind === kind);

/** Reads, judges and answers a request in mind only: nothing is sent yet. Throws BedrockError. */
const prepare = ({ modelId, body, entry, pace, faults }: ConverseExchange, json: unknown, stream: boolean) => {
  const model = findModel(modelId);
  const request = readConverseRequest(json);
  entry.requestMetadata = request.requestMetadata ?? {};
  judgeRequest(request, model, stream);
  const directives = readDirectives(request);
  const strike = faults.strike({ modelId, text: directives.raw, asked: directives.faults });
  const whole = composeAnswer({ request, model, directives });
  const answer = isStruckBy(strike, 'empty') ? { blocks: [], stopReason: 'end_turn' } : whole;
  const output = outputTokens(answer);
  const { maxTokens } = request.inferenceConfig;
  const count = { input: inputTokens(request), output, cache: directives.cache, requestBytes: body.length, maxTokens };
  const tokens = toTokens(count, strike.shaping);
  return { answer, tokens, strike, pace: paceOf(pace, directives), output };
};

/** Answers Converse (`stream` false) or ConverseStream. Throws BedrockError for what Bedrock would refuse. */
export const converse = async (exchange: ConverseExchange, json: unknown, stream: boolean): Promise<void> => {
  const { response, entry } = exchange;
  const { answer, tokens, strike, pace, output } = prepare(exchange, json, stream);
  const fault = strike.delivery;
  entry.faults = [...strike.shaping, ...(fault ? [fault] : [])].map(({ text }) => text);
  entry.billed = fault?.billed === 'nothing' ? undefined : tokens;
  if (fault && (await deliverRefusal({ response, entry, fault }))) return;
  const events = toStreamEvents(answer);
  const durationMs = Math.round(
    events.reduce((total, event, index) => total + waitBefore(pace, index, event.tokens), 0),
  );
  const usage = isStruckBy(strike, 'no-usage') ? undefined : toTokenUsage(tokens);
  if (stream) {
    const all = usage ? [...events, metadataEvent(usage, durationMs)] : events;
    return deliverStream({ response, entry, events: all, fault, pace });
  }
  const body = toConverseResponse(answer, usage, durationMs);
  return deliverBody({ response, entry, body, outputTokens: output, fault, durationMs });
};
