import type { ServerResponse } from 'node:http';
import * as v from 'valibot';
import { invalid } from './bedrock-error';
import type { Bill } from './bill';
import type { Control } from './control';

const milliseconds = v.optional(v.pipe(v.number(), v.minValue(0)));
const paceChange = v.strictObject({
  firstEventMs: milliseconds,
  eventMs: milliseconds,
  tokensPerSecond: v.optional(v.pipe(v.number(), v.minValue(0))),
});
const faultOrder = v.strictObject({ fault: v.string() });

const read = <const S extends v.GenericSchema>(schema: S, json: unknown): v.InferOutput<S> => {
  const result = v.safeParse(schema, json);
  if (!result.success) throw invalid(`The simulator cannot read this order: ${v.summarize(result.issues)}`);
  return result.output;
};

export type ControlDeps = { bill: Bill; control: Control };

type Route = (deps: ControlDeps, json: unknown) => object;

const ROUTES: Readonly<Record<string, Route>> = {
  'GET /': ({ control }) => control.help(),
  'GET /bill': ({ bill }) => ({ entries: bill.entries(), totals: bill.totals() }),
  'DELETE /bill': ({ bill }) => {
    bill.reset();
    return { entries: [] };
  },
  'GET /faults': ({ control }) => ({ armed: control.armed() }),
  'POST /faults': ({ control }, json) => {
    control.arm(read(faultOrder, json).fault);
    return { armed: control.armed() };
  },
  'DELETE /faults': ({ control }) => {
    control.clearFaults();
    return { armed: [] };
  },
  'GET /pace': ({ control }) => control.pace(),
  'PUT /pace': ({ control }, json) => {
    control.setPace(read(paceChange, json));
    return control.pace();
  },
  'POST /reset': ({ control }) => {
    control.reset();
    return control.pace();
  },
};

/** Answers `/__simulator/...`; an unknown order is answered with those that are known. */
export const answerControl = (order: string, json: unknown, deps: ControlDeps, response: ServerResponse): void => {
  const route = ROUTES[order];
  const body = route
    ? route(deps, json)
    : { message: 'The simulator knows these orders.', orders: Object.keys(ROUTES) };
  response.writeHead(route ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};
