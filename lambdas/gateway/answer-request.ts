import { GatewayError, REFUSALS } from '../core/errors';
import { isId } from '../core/http/new-id';
import type { Caller } from '../core/keys/account';
import type { Authenticate } from '../core/keys/authenticate';
import type { Records } from '../core/ledger/records';
import type { ListedModel } from '../core/models/list-models';
import type { Log } from '../core/telemetry/ports';
import type { ClientResponse } from './client-response';
import { respondError, respondJson } from './http/respond-json';
import { matchRoute, type RouteName } from './http/routes';
import { toErrorBody } from './openai/errors';
import { toModelList, toOpenAiModel } from './openai/models';
import type { GatewayRequest } from './request';
import { toGatewayError } from './to-gateway-error';

export type AnswerDeps = {
  serveChat: (request: GatewayRequest, endpoint: string, response: ClientResponse) => Promise<void>;
  authenticate: Authenticate;
  models: { list: () => readonly ListedModel[]; find: (name: string) => ListedModel | undefined };
  records: Pick<Records, 'getCorrected'>;
  log: Log;
};

type Params = Readonly<Record<string, string>>;
/** A route that reads something and leaves no record: what it answers with, as a JSON value. */
type Lookup = (caller: Caller, params: Params) => unknown;

const createLookups = ({ models, records }: AnswerDeps): Record<Exclude<RouteName, 'chat'>, Lookup> => ({
  models: () => toModelList(models.list()),
  model: (_, { id = '' }) => {
    const model = models.find(id);
    if (model) return toOpenAiModel(model);
    throw new GatewayError('unknown_model', 'There is no such model. GET /v1/models lists those there are.', {
      param: 'id',
    });
  },
  request: async ({ account }, { id = '' }) => {
    // What was never an id is not looked up: the store takes no key of any length.
    const record = isId(id) ? await records.getCorrected(id).catch(refuseUnreadable) : undefined;
    // Somebody else's record is as unknown as one that never was.
    if (record?.accountId === account.accountId) return record;
    throw new GatewayError(
      'unknown_request',
      'There is no record of such a request of this account. Use the value of X-Fluxgate-Request-ID; the record is written when the answer has ended.',
      { param: 'id' },
    );
  },
});

const refuseUnreadable = (cause: unknown): never => {
  throw new GatewayError('store_unavailable', 'The record cannot be read at the moment. Try again shortly.', {
    retryAfterSeconds: 1,
    cause,
  });
};

/** Answers any request that reaches the gateway function. Never rejects. */
export const createAnswerRequest = (deps: AnswerDeps) => {
  const lookups = createLookups(deps);

  const refuse = (
    request: GatewayRequest,
    response: ClientResponse,
    error: GatewayError,
    headers: Record<string, string> = {},
  ) => respondError(response, error, { ids: request.ids, body: toErrorBody(error, request.ids), headers });

  /** A lookup leaves no record, so a failure of ours would be seen nowhere else. */
  const logFailure = ({ ids, method }: GatewayRequest, endpoint: string, error: GatewayError): void => {
    const { status } = REFUSALS[error.code];
    if (status < 500) return;
    const fields = { method, endpoint, status_code: status, error_code: error.code };
    deps.log.event('request_error', { ...ids, traceId: undefined }, fields, error.cause ?? error);
  };

  type Wanted = { name: keyof typeof lookups; template: string; params: Params };

  const lookUp = async (request: GatewayRequest, response: ClientResponse, { name, template, params }: Wanted) => {
    try {
      const caller = await deps.authenticate(request.headers.authorization);
      respondJson(response, { ids: request.ids, body: JSON.stringify(await lookups[name](caller, params)) });
    } catch (error) {
      const refusal = toGatewayError(error);
      refuse(request, response, refusal);
      logFailure(request, template, refusal);
    }
  };

  return async (request: GatewayRequest, response: ClientResponse): Promise<void> => {
    const match = matchRoute(request.method, request.path);
    switch (match.kind) {
      case 'unknown_route':
        refuse(
          request,
          response,
          new GatewayError(
            'unknown_route',
            `There is no route ${request.method} ${request.path.slice(0, 100)}. The API reference lists the routes there are.`,
          ),
        );
        break;
      case 'method_not_allowed':
        refuse(
          request,
          response,
          new GatewayError('method_not_allowed', `This route takes ${match.allow}, not ${request.method}.`),
          { allow: match.allow },
        );
        break;
      case 'route':
        if (match.name === 'chat') return deps.serveChat(request, match.template, response);
        await lookUp(request, response, { ...match, name: match.name });
    }
    await response.done();
  };
};
