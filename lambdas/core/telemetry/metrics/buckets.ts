/** Every latency threshold that somebody alerts on is an edge; the top catches long generations. In seconds. */
export const LATENCY_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 5, 10, 15, 20, 30, 60, 120] as const;

/** What the gateway itself adds: fractions of a millisecond to a second. */
export const OVERHEAD_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1] as const;

export const COST_USD = [0.0001, 0.001, 0.01, 0.1, 1, 10] as const;

/** The top is close to the largest event that Lambda takes. */
export const REQUEST_BYTES = [256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 6291456] as const;

export const RESPONSE_BYTES = [...REQUEST_BYTES, 10485760] as const;
