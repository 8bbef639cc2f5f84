import { build } from '../build';
import { ask, endChildren, startChild, usageOf } from '../child';
import { median } from '../statistics';
import { functionEnvironment } from '../targets/gateway-env';

/** CPU that the telemetry of one request takes, in microseconds: the median of the rounds, and the best of them. */
export type TelemetryCost = {
  way: string;
  cpuMicroseconds: number;
  bestCpuMicroseconds: number;
  goalMicroseconds: number;
};

export type TelemetryPlan = { rounds: number; requests: number };

const traceHeader = (sampled: '0' | '1') => ({
  _X_AMZN_TRACE_ID: `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=${sampled}`,
});

const WAYS = [
  { way: 'metrics only, no trace', env: { TRACING: 'off', LOG_REQUESTS: 'false' }, goalMicroseconds: 150 },
  { way: 'log and metrics, no trace', env: { TRACING: 'off' }, goalMicroseconds: 150 },
  { way: 'log, metrics, trace not sampled', env: { TRACING: 'xray', ...traceHeader('0') }, goalMicroseconds: 150 },
  { way: 'log, metrics, trace sampled', env: { TRACING: 'xray', ...traceHeader('1') }, goalMicroseconds: 500 },
] as const;

const WARM_UP = 3_000;
const CPU = 0;

/** Measures each way in a process of its own; they take turns, so that a noisy moment strikes all alike. */
export const measureTelemetry = async (
  node: string,
  { rounds, requests }: TelemetryPlan,
): Promise<readonly TelemetryCost[]> => {
  const script = build('telemetry', 'bench/telemetry/subject.ts').path;
  const series = WAYS.map(({ way, env, goalMicroseconds }) => ({
    way,
    goalMicroseconds,
    child: startChild({ script, env: { ...functionEnvironment('http://127.0.0.1:2'), ...env }, node, cpu: CPU }),
    readings: [] as number[],
  }));
  for (const { child } of series) await ask(child, WARM_UP);
  for (let round = 0; round < rounds; round += 1)
    for (const { child, readings } of series) {
      const before = await usageOf(child);
      await ask(child, requests);
      const after = await usageOf(child);
      readings.push((after.cpuMicroseconds - before.cpuMicroseconds) / requests);
    }
  endChildren();
  return series.map(({ way, goalMicroseconds, readings }) => ({
    way,
    goalMicroseconds,
    cpuMicroseconds: median(readings),
    bestCpuMicroseconds: Math.min(...readings),
  }));
};
