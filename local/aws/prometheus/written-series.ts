/** A sample as it was received. */
export type WrittenSample = {
  /** NaN at the end of a series. */
  readonly value: number;
  /** The 64 bits of the value: they tell one NaN from another. */
  readonly bits: bigint;
  /** Milliseconds since the epoch. */
  readonly timestampMs: number;
};

export type WrittenSeries = {
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly samples: readonly WrittenSample[];
};

/** What a receiver is told about all series of one name. */
export type WrittenMetadata = { readonly name: string; readonly type: number; readonly help: string };

/** The NaN that ends a series. */
export const STALE_BITS = 0x7ff0000000000002n;
