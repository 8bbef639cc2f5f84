import { encodeWriteRequest } from '../../../lambdas/core/prometheus/encode-write-request';
import type { SendWriteRequest, WriteFailure } from '../../../lambdas/core/prometheus/send-write-request';
import type { ExposedFamily } from '../../../lambdas/core/telemetry/aliases';
import type { Metric } from '../../../lambdas/core/telemetry/metric';
import { createWriteSlot, type Written } from '../../../lambdas/remote-writer/write-slot';
import { decodeWriteRequest } from '../../../local/aws/prometheus/decode-write-request';
import { createWorkspace } from '../../../local/aws/prometheus/workspace';
import { FakeWriterState } from './fake-writer-state';

const described = { help: 'Something.', labels: [], stored: 'xx', unit: 'count' } as const;
const KINDS: Record<'counter' | 'gauge', Metric> = {
  counter: { ...described, kind: 'counter' },
  gauge: { ...described, kind: 'gauge', origin: 'derived' },
};

const aFamily = (kind: keyof typeof KINDS, name: string, value: number): ExposedFamily => ({
  name,
  help: 'Something.',
  metric: KINDS[kind],
  series: [{ kind: 'value', labels: { model: 'claude' }, value: BigInt(value) }],
});

/**
 * A writer of counters and gauges, each with one series, into a workspace with the rules of Managed Prometheus. Slots are
 * seconds; the first is 60.
 */
export const aWriter = ({ outOfOrderSeconds = 0 } = {}) => {
  const workspace = createWorkspace({ outOfOrderSeconds, owner: 'test', now: Date.now });
  const state = new FakeWriterState();
  const counters: Record<string, number> = {};
  const gauges: Record<string, number> = {};
  let failing: { reason: WriteFailure; fromRequest: number } | undefined;
  let losing = false;
  const requests: ReturnType<typeof decodeWriteRequest>[] = [];

  const send: SendWriteRequest = async (request) => {
    const decoded = decodeWriteRequest(encodeWriteRequest(request));
    requests.push(decoded);
    if (failing !== undefined && requests.length >= failing.fromRequest) {
      if (losing) workspace.append(decoded);
      return { written: false, reason: failing.reason, status: undefined, text: '', cause: undefined };
    }
    const text = workspace.append(decoded);
    return text === undefined
      ? { written: true }
      : { written: false, reason: 'rejected', status: 400, text, cause: undefined };
  };

  const anEnvironment = () =>
    createWriteSlot({
      readFamilies: async () => [
        ...Object.entries(counters).map(([name, value]) => aFamily('counter', name, value)),
        ...Object.entries(gauges).map(([name, value]) => aFamily('gauge', name, value)),
      ],
      state,
      send,
      intervalSeconds: 60,
    });
  const environments = [anEnvironment(), anEnvironment()];

  return {
    counters,
    gauges,
    state,
    requests,
    metadata: workspace.metadata,
    /** Every sample of a series, as [seconds, value]. */
    samplesOf: (name: string) =>
      (workspace.series().find(({ labels }) => labels.some(([, value]) => value === name))?.samples ?? []).map(
        ({ timestampMs, value }) => [timestampMs / 1_000, value],
      ),
    /** Writes a slot in one of two environments. */
    write: async (slot: number, environment: 0 | 1 = 0): Promise<Written> => {
      const { previous } = await state.take(slot, String(slot));
      const writeSlot = environments[environment] ?? anEnvironment();
      return writeSlot({ slot, previous, deadlineMs: 0 });
    },
    /** The process ends and another one takes its place. */
    restart: () => {
      environments[0] = anEnvironment();
    },
    /** Every request fails from the `fromRequest`th of the next slot on; with `losing`, only its answer does. */
    fail: (reason: WriteFailure, options: { fromRequest?: number; losing?: boolean } = {}) => {
      losing = options.losing ?? false;
      failing = { reason, fromRequest: requests.length + (options.fromRequest ?? 1) };
    },
    recover: () => {
      failing = undefined;
    },
  };
};
