import type { Bundle } from '../build';
import type { ModuleLoad } from '../measure/module-load';
import type { Speed } from '../measure/speed';
import type { Streaming } from '../measure/streaming';
import { toMarkdownTable } from './markdown-table';

const milliseconds = (value: number): string => value.toFixed(2);
const whole = (value: number): string => value.toFixed(0);

/** Added to what the upstream alone takes, in the same rounds. */
const added = (value: number, floor: number | undefined): string =>
  floor === undefined || value === floor ? '-' : milliseconds(value - floor);

/** Latency, CPU and memory of every target at every concurrency; the first target is the floor. */
export const speedTable = (speeds: readonly Speed[]): string => {
  const floorOf = (concurrency: number): Speed | undefined => speeds.find((speed) => speed.concurrency === concurrency);
  const rows = speeds.map((speed) => {
    const floor = floorOf(speed.concurrency);
    return [
      speed.target,
      String(speed.concurrency),
      milliseconds(speed.p50Ms),
      added(speed.p50Ms, floor?.p50Ms),
      added(speed.bestP50Ms, floor?.bestP50Ms),
      added(speed.p99Ms, floor?.p99Ms),
      whole(speed.cpuMicroseconds),
      whole(speed.bestCpuMicroseconds),
      whole(speed.requestsPerSecondPerCore),
      whole(speed.peakMegabytes),
    ];
  });
  const head = [
    'Target',
    'Parallel',
    'p50 ms',
    'added p50 ms',
    'best round',
    'added p99 ms',
    'CPU µs',
    'best round',
    'requests/s/core',
    'peak MB',
  ];
  return toMarkdownTable(head, rows);
};

/** Time to the first text of a stream; the first target is the floor. */
export const streamingTable = (streams: readonly Streaming[]): string => {
  const [floor] = streams;
  const rows = streams.map(({ target, firstTextMs, firstTextP90Ms, restMs }) => [
    target,
    milliseconds(firstTextMs),
    added(firstTextMs, floor?.firstTextMs),
    milliseconds(firstTextP90Ms),
    milliseconds(restMs),
  ]);
  return toMarkdownTable(['Target', 'first text p50 ms', 'added ms', 'p90 ms', 'first text to last byte ms'], rows);
};

/** Module load by Node version, one column each. */
export const moduleLoadTable = (loads: readonly ModuleLoad[], bundles: Readonly<Record<string, Bundle>>): string => {
  const majors = [...new Set(loads.map(({ major }) => major))];
  const rows = Object.entries(bundles).map(([name, { bytes, gzipBytes }]) => [
    name,
    `${whole(bytes / 1024)} (${whole(gzipBytes / 1024)})`,
    ...majors.map((major) => {
      const found = loads.find((load) => load.target === name && load.major === major);
      return found
        ? `${whole(found.milliseconds)}, best ${whole(found.bestMilliseconds)} (${whole(found.megabytes)} MB)`
        : '-';
    }),
  ]);
  return toMarkdownTable(['Bundle', 'KB (gzip)', ...majors.map((major) => `Node ${major} ms (RSS)`)], rows);
};
