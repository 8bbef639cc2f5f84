import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { encodeWriteRequest } from '../../../lambdas/core/prometheus/encode-write-request';
import { createPost } from '../../../lambdas/core/prometheus/post';
import { createSendWriteRequest } from '../../../lambdas/core/prometheus/send-write-request';
import type { TimeSeries } from '../../../lambdas/core/prometheus/time-series';
import type { ExposedFamily } from '../../../lambdas/core/telemetry/aliases';
import { createWriteSlot } from '../../../lambdas/remote-writer/write-slot';
import { FakeWriterState } from '../../lambdas/remote-writer/fake-writer-state';
import type { PrometheusServer } from '../../support/prometheus-server';

const STEP_SECONDS = 60;

/** The longest that one answer may take. */
const MOST_MS = 10_000;

/** A counter, a gauge that comes and goes, and a histogram, written slot by slot. */
export const checkProtocol = async (server: PrometheusServer, say: (fact: string) => void): Promise<void> => {
  const begin = Math.floor(Date.now() / 60_000) * 60 - 20 * STEP_SECONDS;
  const at = (slot: number) => begin + slot * STEP_SECONDS;
  const valueAt = async (expression: string, slot: number) => (await server.query(expression, at(slot)))[0]?.value;
  const post = createPostTo(server);
  const write = createWriter(post);

  await write(at(1), { events: 7, active: 2 });
  assert.equal(await valueAt('events_total', 0), 0);
  assert.equal(await valueAt('events_total', 1), 7);
  assert.equal(await valueAt('increase(events_total[61s])', 1), 7);
  say('increase() sees what a series had counted before it was first written');

  await write(at(2), { events: 10, active: 5 });
  assert.equal(await valueAt('active', 2), 5);
  assert.equal(await valueAt('took_seconds_bucket{le="0.5"}', 2), 10);
  assert.equal(await valueAt('took_seconds_sum', 2), 5);
  say('gauges and histograms have their values');

  await write(at(8), { events: 40, active: undefined });
  // A second more than the six minutes, because newer versions leave out a sample at the very beginning.
  assert.equal(Math.round((await valueAt('increase(events_total[361s])', 8)) ?? 0), 30);
  say('increase() over six minutes without a sample is what was counted meanwhile');

  assert.equal(await valueAt('active', 8), undefined);
  assert.equal(await valueAt('active', 6), 5);
  say('a gauge that is gone is shown no more');

  const again = aBody([{ labels: [['__name__', 'again']], samples: [{ value: 1, timestampMs: at(8) * 1_000 }] }]);
  const other = aBody([{ labels: [['__name__', 'again']], samples: [{ value: 2, timestampMs: at(8) * 1_000 }] }]);
  const answers = [await post(again, MOST_MS), await post(again, MOST_MS), await post(other, MOST_MS)];
  assert.deepEqual(
    answers.map(({ status }) => Math.floor(status / 100)),
    [2, 2, 4],
  );
  assert.match(answers[2]?.text ?? '', /duplicate sample for timestamp/);
  say('the same samples are taken twice, others for the same time are not');

  const many = Array.from(
    { length: 2_000 },
    (_, index): TimeSeries => ({
      labels: [
        ['__name__', 'many'],
        ['number', String(index)],
        ['text', 'Zürich "7" \\ 東京'],
      ],
      samples: [{ value: index / 7, timestampMs: at(9) * 1_000 }],
    }),
  );
  const body = aBody(many);
  assert.equal(Math.floor((await post(body, MOST_MS)).status / 100), 2);
  assert.equal(await valueAt('count(many)', 9), 2_000);
  assert.equal(await valueAt('many{number="1234",text="Zürich \\"7\\" \\\\ 東京"}', 9), 1_234 / 7);
  say(
    `2,000 series fit one request of ${Math.round(body.length / 1_000)} kB, labels of any text and values to the last bit`,
  );
};

const aBody = (series: readonly TimeSeries[]) => encodeWriteRequest({ series, metadata: [] });

const createPostTo = ({ remoteWriteUrl }: PrometheusServer) =>
  createPost({
    url: remoteWriteUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'NOBODY', secretAccessKey: 'nothing' },
    requestHandler: new NodeHttpHandler(),
  });

type Values = { events: number; active: number | undefined };

const createWriter = (post: ReturnType<typeof createPostTo>) => {
  let values: Values = { events: 0, active: undefined };
  const state = new FakeWriterState();
  const writeSlot = createWriteSlot({
    readFamilies: async () => toFamilies(values),
    state,
    send: createSendWriteRequest({ post, now: Date.now, pause, random: Math.random }),
    intervalSeconds: STEP_SECONDS,
  });
  return async (slot: number, next: Values): Promise<void> => {
    values = next;
    const { previous } = await state.take(slot, 'check');
    const { failed } = await writeSlot({ slot, previous, deadlineMs: Date.now() + 10_000 });
    assert.deepEqual(failed, []);
  };
};

const described = { help: 'Made up.', labels: [], stored: 'xx' } as const;

const toFamilies = ({ events, active }: Values): ExposedFamily[] => [
  {
    name: 'events_total',
    help: described.help,
    metric: { ...described, kind: 'counter', unit: 'count' },
    series: [{ kind: 'value', labels: {}, value: BigInt(events) }],
  },
  {
    name: 'active',
    help: described.help,
    metric: { ...described, kind: 'gauge', unit: 'count', origin: 'derived' },
    series: active === undefined ? [] : [{ kind: 'value', labels: {}, value: BigInt(active) }],
  },
  {
    name: 'took_seconds',
    help: described.help,
    metric: { ...described, kind: 'histogram', unit: 'seconds', buckets: [0.5] },
    // Half a second each.
    series: [{ kind: 'histogram', labels: {}, buckets: [BigInt(events), 0n], sum: BigInt(events) * 500_000n }],
  },
];
