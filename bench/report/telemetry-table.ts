import type { TelemetryCost } from '../telemetry/measure';
import { toMarkdownTable } from './markdown-table';

/** What the telemetry of one request takes of the CPU. */
export const telemetryTable = (costs: readonly TelemetryCost[]): string =>
  toMarkdownTable(
    ['Telemetry of a miss', 'CPU µs', 'best round', 'goal'],
    costs.map(({ way, cpuMicroseconds, bestCpuMicroseconds, goalMicroseconds }) => [
      way,
      cpuMicroseconds.toFixed(0),
      bestCpuMicroseconds.toFixed(0),
      String(goalMicroseconds),
    ]),
  );
