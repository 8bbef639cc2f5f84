/** Every latency threshold that somebody alerts on is an edge; the top catches long generations. In seconds. */
export const LATENCY_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 5, 10, 15, 20, 30, 60, 120] as const;

/** What the gateway itself adds: fractions of a millisecond to a second. */
export const OVERHEAD_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1] as const;

export const COST_USD = [0.0001, 0.001, 0.01, 0.1, 1, 10] as const;

/** The top is close to the largest event that Lambda takes. */
export const REQUEST_BYTES = [256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 6291456] as const;

export const RESPONSE_BYTES = [...REQUEST_BYTES, 10485760] as const;

/** Between two tokens of an answer. */
export const TOKEN_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1] as const;

export const HEALTH_CHECK_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

export const QUEUE_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300] as const;

/** Checks and searches that take their time. */
export const SLOW_SECONDS = [0.1, 0.5, 1, 2.5, 5, 10, 30, 60] as const;

export const TRAINING_SECONDS = [60, 300, 900, 1800, 3600, 7200, 14400, 43200] as const;

/** What telemetry itself takes. */
export const FLUSH_SECONDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5] as const;

export const TOKENS = [16, 64, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072, 200000] as const;

export const BATCH_SIZES = [1, 2, 4, 8, 16, 32, 64, 128] as const;

export const SEARCH_RESULTS = [0, 1, 2, 5, 10, 20, 50, 100] as const;

/** Settled over held: 1 is a hold used up, beyond it lies overshoot. */
export const HOLD_RATIOS = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 1, 1.5, 2] as const;
