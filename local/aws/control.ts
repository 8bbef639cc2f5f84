import type { FaultInjector } from './faults/create-faults';
import { readFaultRule } from './faults/read-fault-rule';
import type { Guard } from './iam/create-decision-log';
import type { MeterKeeper } from './meter/create-meter';
import type { Answer, Incoming } from './service';

export const CONTROL_PREFIX = '/__fluxgate/';

export type ControlDeps = { readonly faults: FaultInjector; readonly meter: MeterKeeper; readonly guard: Guard };

type Route = (deps: ControlDeps, body: unknown) => unknown;

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['GET faults', ({ faults }) => faults.list()],
  ['POST faults', ({ faults }, body) => ({ id: faults.add(readFaultRule(body)) })],
  ['DELETE faults', ({ faults }) => faults.clear()],
  ['GET meter', ({ meter }) => ({ total: meter.total(), rows: meter.rows() })],
  ['DELETE meter', ({ meter }) => meter.reset()],
  ['GET decisions', ({ guard }) => ({ denied: guard.denied(), recent: guard.recent() })],
]);

/** Answers the proxy's own paths: faults, meter and decisions, as JSON. */
export const handleControl = async (deps: ControlDeps, incoming: Incoming): Promise<Answer> => {
  const { method, path } = incoming;
  const route = ROUTES.get(`${method} ${path.slice(CONTROL_PREFIX.length)}`);
  if (route === undefined) return json(404, { message: `There is no ${method} ${path} here.` });
  // A web page cannot send this content type to another origin unasked.
  if (method === 'POST' && incoming.headers['content-type'] !== 'application/json') {
    return json(415, { message: 'Send the rule as application/json.' });
  }
  try {
    const body: unknown = method === 'POST' ? JSON.parse((await incoming.readBody()).toString()) : undefined;
    return json(200, route(deps, body) ?? {});
  } catch (error) {
    return json(400, { message: error instanceof Error ? error.message : String(error) });
  }
};

const json = (status: number, document: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(document)),
});
