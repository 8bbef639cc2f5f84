import type { Settings } from './settings';

/** What differs between the stages; everything else is `DEFAULTS` of settings.ts. */
export const STAGES = {
  dev: {
    deletionProtection: false,
    removalPolicy: 'destroy',
    throttling: { ratePerSecond: 50, burst: 100 },
  },
  prod: {
    deletionProtection: true,
    removalPolicy: 'retain',
    throttling: { ratePerSecond: 1_000, burst: 2_000 },
  },
} as const satisfies Record<string, Partial<Settings>>;

export type Stage = keyof typeof STAGES;
