/** What the writer has to remember from one run to the next. Every change may be made twice. */
export type WriterState = {
  /**
   * Takes a slot, seconds since the epoch, for `taker` alone; the same taker may ask again. Slots are taken in ascending
   * order: an earlier one than the last counts as taken. `previous` is the slot that was taken before this one.
   */
  take(slot: number, taker: string): Promise<{ taken: boolean; previous: number | undefined }>;
  /** The hashes of every growing series that has been written. */
  readKnown(): Promise<ReadonlySet<string>>;
  addKnown(hashes: readonly string[]): Promise<void>;
  /** The gauges of the last slot that was written whole, each as the JSON text of its labels. */
  readGauges(): Promise<readonly string[]>;
  saveGauges(gauges: readonly string[]): Promise<void>;
};
