import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import OpenAI from 'openai';
import { METRICS_BY_NAME } from '../../../lambdas/core/telemetry/metrics';
import { createKey } from '../../e2e/support/keys';
import { readSamples } from '../../e2e/support/prometheus';
import { send } from '../../e2e/support/send';
import { until } from '../../e2e/support/until';
import { createAssemblyWithEnvironment } from '../../support/assembly-with-environment';
import { type LocalMachine, startLocalMachine } from '../../support/local-machine';
import type { PrometheusServer } from '../../support/prometheus-server';

const STEP_SECONDS = 15;
const MODEL = 'claude-haiku-4-5';

/** The deployed function under its own role, four slots in one run; nobody takes the third, whatever it tries. */
export const checkMachine = async (server: PrometheusServer, say: (fact: string) => void): Promise<void> => {
  const assembly = createAssemblyWithEnvironment({
    INTERVAL_SECONDS: String(STEP_SECONDS),
    METRICS_CACHE_SECONDS: '0',
  });
  const machine = await startLocalMachine({ synthesise: assembly.synthesise });
  try {
    machine.awsProxy.metrics.forwardTo(server.remoteWriteUrl);
    await check(machine, server, say);
  } finally {
    await machine.stop();
    assembly.remove();
  }
};

const check = async (machine: LocalMachine, server: PrometheusServer, say: (fact: string) => void): Promise<void> => {
  const ask = await createAsk(machine);
  const writer = machine.functionName('RemoteWriting');
  const writtenSlots = () => slotsOf(machine);

  await ask(3);
  // Early in a slot, so that there is time for what is asked before the next.
  await pause(STEP_SECONDS * 1_000 - (Date.now() % (STEP_SECONDS * 1_000)) + 200);
  const run = machine.invoke(writer, Buffer.from('{}'));
  const begin = await until('the first slot is written', async () => writtenSlots()[0], 20_000);
  await ask(4);
  await until('the second slot is written', async () => writtenSlots()[1], 20_000);
  const outage = machine.awsProxy.faults.add({ service: 'aps', kind: 'internalError', times: 1_000 });
  await ask(5);
  // The third slot has been given up by then, and the fourth not begun.
  await pause((begin + 3 * STEP_SECONDS - 1) * 1_000 - Date.now());
  machine.awsProxy.faults.remove(outage);
  const { functionError } = await run;
  assert.equal(functionError, undefined);

  const slots = writtenSlots();
  assert.deepEqual(
    slots.map((slot) => (slot - begin) / STEP_SECONDS),
    [0, 1, 3],
  );
  say('one run writes its slots at their times, and leaves out the one that nobody took');

  const requestsAt = async (slot: number) =>
    (await server.query(`sum(gateway_requests_total{model="${MODEL}"})`, slot))[0]?.value;
  const [before, first, second = 0, last] = await Promise.all([begin - STEP_SECONDS, ...slots].map(requestsAt));
  assert.deepEqual({ before, first, last }, { before: 0, first: 3, last: 12 });
  assert.ok(second >= 3 && second <= 7, `${second} requests in the second slot`);
  const [increase] = await server.query(
    `sum(increase(gateway_requests_total{model="${MODEL}"}[${4 * STEP_SECONDS + 1}s]))`,
    slots.at(-1),
  );
  assert.equal(increase?.value, 12);
  say('increase() over beginning and outage is the number of requests');

  const refused = machine.awsProxy.decisions.denied();
  assert.deepEqual(refused, []);
  say('the role of the function allows all that it does');

  await compareWithMetrics(machine, server, slots.at(-1) ?? 0);
  say('Prometheus has every counter that GET /metrics shows, with its value');

  const failures = await metricsOf(machine, 'telemetry_remote_write_failures_total');
  const samples = await metricsOf(machine, 'telemetry_remote_write_samples_total');
  assert.ok((failures[0]?.value ?? 0) > 100 && (samples[0]?.value ?? 0) > (failures[0]?.value ?? 0));
  assert.equal(failures[0]?.labels.reason, 'unavailable');
  say(`remote write tells of itself: ${samples[0]?.value} samples taken, ${failures[0]?.value} not`);
};

/** Sends so many requests and waits until they have been counted. */
const createAsk = async (machine: LocalMachine) => {
  const { key } = await createKey(machine, {});
  const client = new OpenAI({ baseURL: `${machine.url}/v1`, apiKey: key, maxRetries: 0 });
  let sent = 0;
  return async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      sent += 1;
      await client.chat.completions.create({ model: MODEL, messages: [{ role: 'user', content: `number ${sent}` }] });
    }
    await until('the requests are counted', async () => {
      const counted = await metricsOf(machine, 'gateway_requests_total');
      return counted.reduce((sum, { value }) => sum + value, 0) >= sent || undefined;
    });
  };
};

const metricsOf = async (machine: LocalMachine, name: string) =>
  (await readMetrics(machine)).filter((sample) => sample.name === name);

const readMetrics = async (machine: LocalMachine) => {
  const headers = { authorization: machine.authorization, 'cache-control': 'no-cache' };
  return readSamples((await send(machine.url, { path: '/metrics', headers })).body);
};

/** The times at which the requests of the model were written, in seconds, without the 0 before the first. */
const slotsOf = (machine: LocalMachine): number[] => {
  const wanted = ['gateway_requests_total', MODEL];
  const found = machine.awsProxy.metrics
    .series()
    .find(({ labels }) => wanted.every((text) => labels.some(([, value]) => value === text)));
  return (found?.samples ?? []).slice(1).map(({ timestampMs }) => timestampMs / 1_000);
};

const COUNTER = /^(gateway|cache)_.*(_total|_count)$/;

/** Whether it is of the catalogue; the machine under this check writes no aliases. */
const isOwnName = (name: string): boolean => METRICS_BY_NAME.has(name.replace(/_count$/, ''));

/** Nothing has happened since the last slot but that slots were counted. */
const compareWithMetrics = async (machine: LocalMachine, server: PrometheusServer, slot: number): Promise<void> => {
  const shown = (await readMetrics(machine)).filter(({ name }) => COUNTER.test(name) && isOwnName(name));
  const written = await server.query(`{__name__=~"${COUNTER.source}"}`, slot);
  const values = new Map(
    written.map(({ labels: { __name__: name = '', ...labels }, value }) => [toKey(name, labels), value]),
  );
  assert.ok(shown.length > 100, `GET /metrics shows only ${shown.length} such series`);
  assert.deepEqual(
    shown.filter(({ name, labels, value }) => values.get(toKey(name, labels)) !== value),
    [],
  );
};

const toKey = (name: string, labels: Readonly<Record<string, string>>): string =>
  name + JSON.stringify(Object.entries(labels).sort());
