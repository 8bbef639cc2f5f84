import type { Answer } from '../core/chat/collect';
import type { ChatEvent } from '../core/chat/events';
import { GatewayError, REFUSALS } from '../core/errors';
import type { Authenticate } from '../core/keys/authenticate';
import type { RequestRecord } from '../core/ledger/record';
import type { Target } from '../core/models/model';
import { describeRequest } from '../core/telemetry/describe-request';
import type { EnvironmentFacts } from '../core/telemetry/environment-facts';
import type { Log, Span, StartTrace, Trace } from '../core/telemetry/ports';
import type { AnswerWriter, Dialect, ParsedChat } from './answer-writer';
import { outcomeOf, toRecord } from './build-record';
import type { ClientResponse } from './client-response';
import { checkBody } from './http/check-body';
import { toLogContext } from './log-context';
import { pump } from './pump';
import { createReceipt, type Receipt, toAnswerFacts } from './receipt';
import { toReceivedFields } from './received-fields';
import type { GatewayRequest } from './request';
import { toGatewayError } from './to-gateway-error';

export type ServeDeps = {
  dialect: Dialect;
  authenticate: Authenticate;
  route: (caller: NonNullable<Receipt['caller']>, call: ParsedChat['call']) => readonly Target[];
  begin: (receipt: Receipt, parent: Span) => Promise<Iterable<ChatEvent> | undefined>;
  dispatch: (receipt: Receipt, parent: Span) => AsyncIterable<ChatEvent>;
  settle: (receipt: Receipt, record: RequestRecord, answer: Answer | undefined) => Promise<void>;
  /** Answers a failure for which there is no writer yet. */
  refuse: (response: ClientResponse, error: GatewayError, receipt: Receipt) => void;
  startTrace: StartTrace;
  log: Log;
  /** What the execution environment knows of itself. */
  readEnvironment: () => EnvironmentFacts;
  defaultMaxOutputTokens: number;
  now: () => number;
};

const toTraced = ({ traceId, spanId, clientTraceId, root }: Trace): Partial<Receipt> => ({
  traceId,
  ...(spanId !== undefined && { spanId }),
  ...(clientTraceId !== undefined && { clientTraceId }),
  span: root,
});

/** A client that stalls gets until just before the invocation's deadline, by when everything is settled. */
const DELIVERY_RESERVE_MS = 2_000;

const delivered = async (request: GatewayRequest, response: ClientResponse): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, request.remainingMs() - DELIVERY_RESERVE_MS)).unref();
  });
  await Promise.race([response.done(), deadline]);
  clearTimeout(timer);
};

/** The path of one chat request, from its key to its record. Resolves when everything is settled; never rejects. */
export const createServe = (deps: ServeDeps) => {
  const identify = async (receipt: Receipt): Promise<NonNullable<Receipt['caller']>> => {
    const caller = await deps.authenticate(receipt.request.headers.authorization, receipt.span);
    receipt.caller = caller;
    if (caller.key.scopes.includes('chat')) return caller;
    throw new GatewayError('missing_scope', 'This key may not call models. Create one with the scope "chat".');
  };

  const validate = (receipt: Receipt): ParsedChat => {
    checkBody(receipt.request);
    const chat = deps.dialect.parse(receipt.request.body);
    const maxOutputTokens = chat.call.maxOutputTokens ?? deps.defaultMaxOutputTokens;
    receipt.chat = { ...chat, call: { ...chat.call, maxOutputTokens } };
    return receipt.chat;
  };

  const decide = (receipt: Receipt, caller: NonNullable<Receipt['caller']>, chat: ParsedChat, parent: Span): void => {
    const span = parent.child('routing.decide');
    const startedAt = performance.now();
    try {
      receipt.targets = deps.route(caller, chat.call);
      span.annotate('model_id', receipt.targets[0]?.model);
      span.annotate('provider', receipt.targets[0]?.provider);
    } catch (error) {
      span.fail(error);
      throw error;
    } finally {
      span.annotate('routing_strategy', 'requested');
      receipt.routingMs = performance.now() - startedAt;
      span.end();
    }
    const [{ model, provider } = {}] = receipt.targets;
    const targets = receipt.targets.map((target) => ({ model: target.model, providerModelId: target.providerModelId }));
    const decision = { requested_model: chat.call.model, model, provider, targets };
    deps.log.event('routing_decision', toLogContext(receipt), decision);
  };

  const fail = (receipt: Receipt, response: ClientResponse, writer: AnswerWriter | undefined, cause: unknown): void => {
    const error = toGatewayError(cause);
    receipt.error = error;
    receipt.failure = error.cause;
    receipt.failedInBand = response.committed;
    try {
      if (writer) writer.fail(error);
      else deps.refuse(response, error, receipt);
    } catch (unsaid) {
      // What was spent is settled even when the caller cannot be told.
      receipt.failure = new AggregateError([cause, unsaid], 'A failed request could not be answered.');
    }
  };

  const finish = async (
    receipt: Receipt,
    response: ClientResponse,
    answer: Answer | undefined,
    trace: Trace,
  ): Promise<void> => {
    const { error } = receipt;
    const record = toRecord(receipt, outcomeOf(error, response.gone), {
      httpStatus: error && !receipt.failedInBand ? REFUSALS[error.code].status : 200,
      responseBytes: response.bytes,
      clientGone: response.gone,
      endedAt: deps.now(),
      environment: deps.readEnvironment(),
    });
    if (error) trace.root.fail(error);
    describeRequest(trace.root, record);
    trace.root.end();
    receipt.span = trace.root.child('settle');
    await deps.settle(receipt, record, answer);
    receipt.span.end();
    await trace.send({ keep: toLogContext(receipt).debug });
    await delivered(receipt.request, response);
  };

  return async (request: GatewayRequest, endpoint: string, response: ClientResponse): Promise<void> => {
    const receipt = createReceipt(request, endpoint);
    const trace = deps.startTrace('chat_completion', request.headers);
    Object.assign(receipt, toTraced(trace));
    let writer: AnswerWriter | undefined;
    let answer: Answer | undefined;
    try {
      const caller = await identify(receipt);
      const chat = validate(receipt);
      writer = deps.dialect.createWriter(chat, response, () => toAnswerFacts(receipt));
      deps.log.event('request_received', toLogContext(receipt), toReceivedFields(receipt, chat));
      decide(receipt, caller, chat, trace.root);
      const replayed = await deps.begin(receipt, trace.root);
      answer = await pump(replayed ?? deps.dispatch(receipt, trace.root), writer);
    } catch (error) {
      fail(receipt, response, writer, error);
    }
    await finish(receipt, response, answer, trace);
  };
};
