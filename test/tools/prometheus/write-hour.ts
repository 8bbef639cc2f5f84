import { setTimeout as pause } from 'node:timers/promises';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { composeReadAllSeries } from '../../../lambdas/core/counters/compose-read-all-series';
import { createPost } from '../../../lambdas/core/prometheus/post';
import { createSendWriteRequest } from '../../../lambdas/core/prometheus/send-write-request';
import { withAliases } from '../../../lambdas/core/telemetry/aliases';
import { withoutRecordedGauges } from '../../../lambdas/core/telemetry/recorded-gauges';
import { createWriterState } from '../../../lambdas/remote-writer/dynamodb-writer-state';
import { createWriteSlot } from '../../../lambdas/remote-writer/write-slot';
import type { PrometheusServer } from '../../support/prometheus-server';
import type { Gateway } from './gateway';

const STEP_SECONDS = 60;
const SLOTS = 60;

/** An hour that ends with the minute that is under way, and that is written as fast as it can be. */
export type WrittenHour = {
  /** When the hour ends, in seconds since the epoch. */
  endsAt: number;
  /**
   * Writes the next slots, up to so many minutes after the hour began, as the counters are now. Resolves with the times of the
   * first and the last of them.
   */
  writeUntil(minute: number): Promise<{ from: number; to: number }>;
};

/** The parts of the deployed function, over the machine's tables, at times that the caller chooses. */
export const createWrittenHour = (gateway: Gateway, server: PrometheusServer): WrittenHour => {
  const { client, countersTable, ledgerTable } = gateway.database();
  const { machine } = gateway;
  const readAllSeries = composeReadAllSeries({ client, countersTable, ledgerTable, now: Date.now });
  const post = createPost({
    url: server.remoteWriteUrl,
    region: machine.assembly.place.region,
    credentials: machine.operator,
    requestHandler: new NodeHttpHandler(),
  });
  const writeSlot = createWriteSlot({
    readFamilies: async () => withAliases(withoutRecordedGauges(await readAllSeries())),
    state: createWriterState({ client, table: countersTable }),
    send: createSendWriteRequest({ post, now: Date.now, pause, random: Math.random }),
    intervalSeconds: STEP_SECONDS,
  });

  const endsAt = Math.floor(Date.now() / 1_000 / STEP_SECONDS) * STEP_SECONDS;
  const timeOf = (minute: number): number => endsAt - (SLOTS - minute) * STEP_SECONDS;
  let next = 0;
  return {
    endsAt,
    writeUntil: async (minute) => {
      const from = next;
      for (; next <= minute; next += 1) {
        const previous = next === 0 ? undefined : timeOf(next - 1);
        const { failed } = await writeSlot({ slot: timeOf(next), previous, deadlineMs: Date.now() + 10_000 });
        if (failed[0] !== undefined) throw new Error(`Prometheus refused a remote write: ${failed[0].result.text}`);
      }
      return { from: timeOf(from), to: timeOf(minute) };
    },
  };
};
