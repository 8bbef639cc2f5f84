/** How one invocation went, for the platform's own lines in the function's log. */
export type InvocationReport = {
  readonly requestId: string;
  readonly durationMs: number;
  /** Only on the first invocation of an environment. */
  readonly initMs: number | undefined;
  readonly memoryMegabytes: number;
  /** Absent where the operating system does not tell. */
  readonly maxMemoryUsedMegabytes: number | undefined;
  readonly tracing: { readonly traceId: string; readonly segmentId: string } | undefined;
};

export const startLine = (requestId: string): string => `START RequestId: ${requestId} Version: $LATEST`;

export const endLine = (requestId: string): string => `END RequestId: ${requestId}`;

export const timeoutLine = (requestId: string, timeoutSeconds: number): string =>
  `${new Date().toISOString()} ${requestId} Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;

export const initLine = (runtime: string): string => `INIT_START Runtime Version: ${runtime}`;

export const reportLine = (report: InvocationReport): string =>
  [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${report.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(report.durationMs + (report.initMs ?? 0))} ms`,
    `Memory Size: ${report.memoryMegabytes} MB`,
    ...(report.maxMemoryUsedMegabytes === undefined ? [] : [`Max Memory Used: ${report.maxMemoryUsedMegabytes} MB`]),
    ...(report.initMs === undefined ? [] : [`Init Duration: ${report.initMs.toFixed(2)} ms`]),
    ...(report.tracing === undefined
      ? []
      : [`XRAY TraceId: ${report.tracing.traceId}\tSegmentId: ${report.tracing.segmentId}\tSampled: true`]),
  ].join('\t');
