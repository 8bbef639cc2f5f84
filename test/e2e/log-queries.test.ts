import * as v from 'valibot';
import { LOG_QUERIES } from '../../dashboards/log-queries';
import type { LogQuery } from '../../dashboards/log-query';
import type { RequestRecord } from '../../lambdas/core/ledger/record';
import { countFields, discoverFields, type LogLine } from '../support/insights/log-line';
import { runQuery } from '../support/insights/run-query';
import { usedFields } from '../support/insights/used-fields';
import { captureLines, linesFor, logOf } from './log-queries/captured-lines';
import { EXPECTED } from './log-queries/expected';
import type { Facts } from './log-queries/expected/facts';
import { type QueriedLoad, runQueriedLoad } from './log-queries/load';
import { bootGateway } from './support/gateway-under-test';
import { until } from './support/until';

const gateway = bootGateway();

const isRequest = v.custom<RequestRecord>(
  (item) => typeof item === 'object' && item !== null && 'kind' in item && item.kind === 'request',
);

let load: QueriedLoad;
let lines: readonly LogLine[];
let facts: Facts;

const readRecords = async (): Promise<RequestRecord[]> =>
  (await gateway.items('Ledger')).flatMap((item) => (item.sk === 'record' && v.is(isRequest, item) ? [item] : []));

/** A request's last line is written after its record, which is written after its answer. */
const everythingIsLogged = async (): Promise<RequestRecord[] | undefined> => {
  if ((await gateway.items('Ledger')).some(({ pk }) => String(pk).startsWith('inflight#'))) return undefined;
  const [records, messages] = [await readRecords(), captureLines(gateway.machine()).map(({ message }) => message)];
  const ends = messages.filter((message) => /"event":"request_(completed|error|abandoned)"/.test(message));
  return records.every(({ requestId }) => ends.some((end) => end.includes(requestId))) ? records : undefined;
};

beforeAll(async () => {
  load = await runQueriedLoad(gateway);
  const records = await until('every record has its last line', everythingIsLogged);
  lines = captureLines(gateway.machine());
  facts = { records, load, lines, logOf: (name) => logOf(gateway.machine(), name) };
}, 120_000);

const valuesOf = ({ parameters = [] }: LogQuery): Record<string, string> => {
  const failed = facts.records.find(({ requestId }) => requestId === load.ids.failed);
  const traceId = failed?.traceId ?? '';
  const values: Record<string, string | undefined> = {
    request_id: load.ids.fallback,
    correlation_id: failed?.correlationId,
    session_id: failed?.sessionId,
    user_id: failed?.userId,
    key_id: failed?.keyId,
    trace_id: `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`,
  };
  return Object.fromEntries(parameters.map(({ name }) => [name, values[name] ?? '']));
};

const fill = (query: LogQuery): string =>
  Object.entries(valuesOf(query)).reduce((text, [name, value]) => text.replaceAll(`{{${name}}}`, value), query.text);

const queries: readonly LogQuery[] = LOG_QUERIES;

it.each(queries)('$folder/$title reads fields that lines have', (query) => {
  const fields = new Set(linesFor(query, gateway.machine(), lines).flatMap((line) => [...discoverFields(line).keys()]));

  expect(usedFields(fill(query)).filter((name) => !fields.has(name))).toEqual([]);
});

it.each(LOG_QUERIES)('$folder/$title answers what was sent', (query) => {
  const rows = runQuery(fill(query), linesFor(query, gateway.machine(), lines));

  const { found, expected } = EXPECTED[query.title](rows, facts);
  expect(found).toEqual(expected);
});

it.each(queries)('$folder/$title fills in everything that stands in braces', (query) => {
  const named = [...query.text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);

  expect([...new Set(named)].sort()).toEqual((query.parameters ?? []).map(({ name }) => name).sort());
});

it('no line has more fields than Logs Insights discovers', () => {
  const counts = lines.map(({ message }) => countFields(message));

  expect(Math.max(...counts)).toBeGreaterThan(30);
  expect(Math.max(...counts)).toBeLessThanOrEqual(200);
});
