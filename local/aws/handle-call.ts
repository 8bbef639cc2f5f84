import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { AwsError } from './aws-error';
import { ConnectionLost } from './connection-lost';
import type { FaultInjector, Strike } from './faults/create-faults';
import type { Guard } from './iam/create-decision-log';
import { UnsupportedPolicy } from './iam/unsupported-policy';
import type { Principal } from './principal';
import type { Principals } from './principals';
import { readAuthorization } from './read-authorization';
import type { Answer, AwsService, Conduct, Incoming, ServiceCall } from './service';
import { cut, loseAnswer, writeAnswer } from './write-answer';

export type CallDeps = {
  readonly services: ReadonlyMap<string, AwsService>;
  readonly principals: Principals;
  readonly guard: Guard;
  readonly faults: FaultInjector;
  readonly accountId: string;
  readonly onError: (error: unknown) => void;
};

/** Answers one AWS call: who calls, which service, is it allowed, does a fault strike, and then the call itself. */
export const handleCall = async (deps: CallDeps, incoming: Incoming, response: ServerResponse): Promise<void> => {
  const authorization = readAuthorization(incoming.headers.authorization);
  const service = deps.services.get(authorization?.service ?? '');
  if (authorization === undefined || service === undefined) {
    return writeAnswer(response, refuseStranger(authorization?.service, incoming));
  }
  try {
    const principal = deps.principals.find(authorization.accessKeyId);
    if (principal === undefined) throw service.refusals.unknownKey();
    const call = await service.read(incoming, principal);
    authorize(deps, service, principal, call);
    const strike = deps.faults.strike({ ...call, service: service.name, principal: principal.name });
    await answer({ service, call, strike, response });
  } catch (error) {
    // Who left needs no answer, and what fails then mostly fails because of that.
    if (incoming.stream.socket.destroyed) return;
    if (error instanceof ConnectionLost) return cut(response);
    await writeAnswer(response, service.toErrorAnswer(toAwsError(error, service, deps)));
  }
};

const authorize = ({ guard, accountId }: CallDeps, service: AwsService, principal: Principal, call: ServiceCall) => {
  for (const access of call.accesses) {
    const { allowed, action, resource, denial } = guard.decide(principal, access);
    if (allowed) continue;
    const why =
      denial === 'explicit'
        ? `with an explicit deny in an identity-based policy`
        : `because no identity-based policy allows the ${action} action`;
    const user = `arn:aws:sts::${accountId}:assumed-role/${principal.name}/local`;
    throw service.refusals.denied(
      `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
    );
  }
};

type Struck = { service: AwsService; call: ServiceCall; strike: Strike | undefined; response: ServerResponse };

const DEFAULT_DELAY_MS = 100;

const answer = async ({ service, call, strike, response }: Struck): Promise<void> => {
  const kind = strike?.rule.kind;
  if (kind === 'lostRequest') return cut(response);
  if (kind === 'throttle') throw service.refusals.throttled();
  if (kind === 'internalError') throw service.refusals.internal('An injected internal error.');
  const conduct: Conduct = {
    wait: async () => {
      if (strike?.rule.kind === 'delay') await delay(strike);
    },
    conflict: kind === 'TransactionConflict',
    stale: kind === 'staleRead',
  };
  if (kind !== 'lostAnswer') return writeAnswer(response, await call.perform(conduct));
  await loseAnswer(response, await call.perform(conduct).catch(toLostRefusal));
};

/** Resolves when the delay is over, or its rule removed. */
const delay = ({ rule, removed }: Strike): Promise<void> =>
  pause(rule.delayMs ?? DEFAULT_DELAY_MS, undefined, { signal: removed }).catch((error: unknown) => {
    if (!removed.aborted) throw error;
  });

/** What is refused is lost as well; anything else is a failure of the proxy's own, and must not go unseen. */
const toLostRefusal = (error: unknown): Answer => {
  if (error instanceof AwsError) return { status: error.status, headers: {}, body: Buffer.alloc(0) };
  throw error;
};

const toAwsError = (error: unknown, service: AwsService, { onError }: CallDeps): AwsError => {
  if (error instanceof AwsError) return error;
  // Not a server error, which the SDK would try again.
  if (error instanceof UnsupportedPolicy) {
    return new AwsError({ code: 'UnsupportedPolicy', status: 400, message: error.message, cause: error });
  }
  onError(error);
  return service.refusals.internal(
    `The local AWS proxy failed: ${error instanceof Error ? error.message : String(error)}`,
  );
};

const refuseStranger = (service: string | undefined, { method, path, headers }: Incoming): Answer => {
  const called = `${method} ${path} ${headers['x-amz-target'] ?? ''}`.trim();
  const code = service === undefined ? 'MissingAuthenticationTokenException' : 'UnknownServiceException';
  const message =
    service === undefined
      ? `${called}: the request carries no AWS signature.`
      : `${called}: the local AWS proxy does not have the service ${service}.`;
  return {
    status: service === undefined ? 403 : 404,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: Buffer.from(JSON.stringify({ __type: code, message, Message: message })),
  };
};
