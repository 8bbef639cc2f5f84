import type { Settings } from './settings';

const DEFAULTS = {
  gatewayMemoryMb: 1_024,
  gatewayTimeoutMinutes: 15,
  sweeperConcurrency: 'reserved',
  remoteWriterConcurrency: 'reserved',
  keyCacheSeconds: 60,
  defaultMaxOutputTokens: 4_096,
  minOutputTokens: 16,
  cacheTtlSeconds: 3_600,
  providerTimeoutSeconds: 840,
  ledgerRetentionDays: 400,
  logRetentionDays: 90,
  accessLogRetentionDays: 30,
  debugLogRetentionDays: 14,
  logArchiveRetentionDays: 400,
  prometheus: 'managed',
  metricRetentionDays: 90,
  remoteWrite: { intervalSeconds: 60, aliases: false },
  failureRetentionDays: 30,
  markerRetentionDays: 35,
  metricsCacheSeconds: 5,
  logLevel: 'INFO',
  logRequests: true,
  sanitizeLogs: true,
  redaction: { ipAddresses: false, partial: false, text: '[REDACTED_{KIND}]', patterns: [] },
  tracing: 'xray',
  traceSampling: { perSecond: 1, share: 0.05 },
  traceSlowSeconds: 30,
  traceGroupModels: ['claude-haiku-4-5', 'claude-sonnet-4-5'],
  encryption: 'aws-managed',
  apiGatewayLogRole: 'create',
  metricsNamespace: 'Fluxgate',
  telemetryNames: {},
} as const satisfies Partial<Settings>;

/** One deployment per stage, side by side in one account if need be. */
export const STAGES = {
  dev: {
    ...DEFAULTS,
    logArchive: 'off',
    throttling: { ratePerSecond: 50, burst: 100 },
    deletionProtection: false,
    removalPolicy: 'destroy',
  },
  prod: {
    ...DEFAULTS,
    logArchive: 's3',
    throttling: { ratePerSecond: 1_000, burst: 2_000 },
    deletionProtection: true,
    removalPolicy: 'retain',
  },
} as const satisfies Record<string, Settings>;

export type Stage = keyof typeof STAGES;

export const isStage = (name: unknown): name is Stage => typeof name === 'string' && Object.hasOwn(STAGES, name);
