/** How one invocation went, for the platform's own lines in the function's log. */
export type InvocationReport = {
  readonly requestId: string;
  readonly status: 'success' | 'error' | 'timeout';
  readonly durationMs: number;
  readonly timeoutSeconds: number;
  /** Only on the first invocation of an environment. */
  readonly initMs: number | undefined;
  readonly memoryMegabytes: number;
  /** Absent where the operating system does not tell. */
  readonly maxMemoryUsedMegabytes: number | undefined;
  readonly tracing: { readonly traceId: string; readonly segmentId: string } | undefined;
};

/** The lines that Lambda itself adds to a function's log. */
type PlatformLines = {
  init(runtime: string): readonly string[];
  start(requestId: string): readonly string[];
  report(report: InvocationReport): readonly string[];
};

const milliseconds = (value: number): number => Math.round(value * 100) / 100;

const billedMs = ({ durationMs, initMs }: InvocationReport): number => Math.ceil(durationMs + (initMs ?? 0));

const textReport = (report: InvocationReport): string =>
  [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${milliseconds(report.durationMs)} ms`,
    `Billed Duration: ${billedMs(report)} ms`,
    `Memory Size: ${report.memoryMegabytes} MB`,
    ...(report.maxMemoryUsedMegabytes === undefined ? [] : [`Max Memory Used: ${report.maxMemoryUsedMegabytes} MB`]),
    ...(report.initMs === undefined ? [] : [`Init Duration: ${milliseconds(report.initMs)} ms`]),
    ...(report.tracing === undefined
      ? []
      : [`XRAY TraceId: ${report.tracing.traceId}\tSegmentId: ${report.tracing.segmentId}\tSampled: true`]),
    ...(report.status === 'success' ? [] : [`Status: ${report.status}`]),
  ].join('\t');

const timeoutLine = ({ requestId, timeoutSeconds }: InvocationReport): string =>
  `${new Date().toISOString()} ${requestId} Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;

const jsonLine = (type: string, record: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ time: new Date().toISOString(), type: `platform.${type}`, record });

const jsonReport = (report: InvocationReport): string =>
  jsonLine('report', {
    requestId: report.requestId,
    metrics: {
      durationMs: milliseconds(report.durationMs),
      billedDurationMs: billedMs(report),
      memorySizeMB: report.memoryMegabytes,
      maxMemoryUsedMB: report.maxMemoryUsedMegabytes,
      initDurationMs: report.initMs === undefined ? undefined : milliseconds(report.initMs),
    },
    tracing:
      report.tracing === undefined
        ? undefined
        : {
            spanId: report.tracing.segmentId,
            type: 'X-Amzn-Trace-Id',
            value: `Root=${report.tracing.traceId};Parent=${report.tracing.segmentId};Sampled=1`,
          },
    status: report.status,
  });

/** By the function's log format. */
export const PLATFORM_LINES: Readonly<Record<'Text' | 'JSON', PlatformLines>> = {
  Text: {
    init: (runtime) => [`INIT_START Runtime Version: ${runtime}`],
    start: (requestId) => [`START RequestId: ${requestId} Version: $LATEST`],
    report: (report) => [
      ...(report.status === 'timeout' ? [timeoutLine(report)] : []),
      `END RequestId: ${report.requestId}`,
      textReport(report),
    ],
  },
  JSON: {
    init: (runtime) => [
      jsonLine('initStart', { initializationType: 'on-demand', phase: 'init', runtimeVersion: runtime }),
    ],
    start: (requestId) => [jsonLine('start', { requestId, version: '$LATEST' })],
    report: (report) => [jsonReport(report)],
  },
};
