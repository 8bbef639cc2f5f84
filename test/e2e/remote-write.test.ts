import { bootGateway } from './support/gateway-under-test';
import { readSamples } from './support/prometheus';
import { until } from './support/until';

const gateway = bootGateway();
const MODEL = 'claude-haiku-4-5';

const readMetrics = async () => {
  const { authorization } = gateway.machine();
  const headers = { authorization, 'cache-control': 'no-cache' };
  return readSamples((await gateway.send({ path: '/metrics', headers })).body);
};
const requestsOf = async () =>
  (await readMetrics()).find(({ name, labels }) => name === 'gateway_requests_total' && labels.model === MODEL);

const run = () => {
  const { invoke, functionName } = gateway.machine();
  return invoke(functionName('RemoteWriting'), Buffer.from('{}'));
};

/** The samples of what the gateway was asked for, as they came in. */
const written = () =>
  gateway
    .machine()
    .awsProxy.metrics.series()
    .find(({ labels }) => ['gateway_requests_total', MODEL].every((text) => labels.some(([, value]) => value === text)))
    ?.samples ?? [];

it('what was counted is written to Managed Prometheus, once per minute, however often the function runs', async () => {
  const { client } = await gateway.newClient({});
  await client.chat.completions.create({ model: MODEL, messages: [{ role: 'user', content: 'hello' }] });
  const counted = await until('the request is counted', requestsOf);

  // The machine's own schedule may have had this minute before the request; the next one is the same.
  const runAndLook = () => run().then(() => written()[1]);
  await until('the counter is written', runAndLook, 70_000);
  await Promise.all([run(), run(), run()]);

  const [zero, first] = written();
  expect({ zero: zero?.value, first: first?.value }).toEqual({ zero: 0, first: counted.value });
  expect((first?.timestampMs ?? 0) - (zero?.timestampMs ?? 0)).toBe(60_000);
  expect((first?.timestampMs ?? 1) % 60_000).toBe(0);
  const times = written().map(({ timestampMs }) => timestampMs);
  expect(new Set(times).size).toBe(times.length);
  expect(gateway.machine().awsProxy.metrics.metadata()).toContainEqual(
    expect.objectContaining({ name: 'gateway_requests_total', type: 1 }),
  );
}, 120_000);
