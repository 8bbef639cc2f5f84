import type { Answered } from './answer-exchange';
import { assertKnownVariables, type ContextVariables, substitute } from './context-variables';
import { type Exchange, toContextVariables } from './exchange';
import type { RestApi } from './rest-api';

/** One line for an answered request; undefined when the stage has no access log. */
export type ToAccessLine = (exchange: Exchange, answered: Answered, status: number) => string | undefined;

/** Throws when the stage's format names a variable that is not filled in here. */
export const createAccessLog = (api: RestApi): ToAccessLine => {
  const format = api.stage.accessLogFormat;
  if (format === undefined) return () => undefined;
  assertKnownVariables(format);
  return (exchange, answered, status) =>
    substitute(format, { ...toContextVariables(api, exchange), ...toOutcome(exchange, answered, status) }, '-');
};

const toOutcome = (
  exchange: Exchange,
  { bytes, ownAnswer, functionMs }: Answered,
  status: number,
): ContextVariables => ({
  status: String(status),
  responseLength: String(bytes),
  responseLatency: String(Date.now() - exchange.receivedAt.getTime()),
  'error.responseType': ownAnswer,
  ...(functionMs === undefined
    ? {}
    : {
        'integration.latency': String(Math.round(functionMs)),
        'integration.status': ownAnswer === undefined ? '200' : undefined,
        'integration.integrationStatus': ownAnswer === undefined ? String(status) : undefined,
      }),
});
