/** What one chunk adds: per counter item, per attribute, an integer. */
export type Increments = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** A chunk as it is written: all of it or nothing. */
export type Chunk = {
  /** The records that are counted, by their marker ids. None of them has been counted before. */
  ids: readonly string[];
  increments: Increments;
  /** The copy of the counter items that is added to. Any will do; two chunks at once must not take the same. */
  lane: number;
};

/** What became of a chunk: written, or not because another one got in its way, by a marker or by a counter item. */
export type Committed = 'committed' | 'conflict';

/** A counter item as it is read: sums over all lanes, by attribute. */
export type Counters = ReadonlyMap<string, ReadonlyMap<string, bigint>>;

/** Where records are counted. */
export type CounterStore = {
  /** Which of these records have been counted. Sees every chunk that was committed before it was asked. */
  counted(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Writes markers and increments together. Rejects when it cannot say whether it did, or when it cannot at all. */
  commit(chunk: Chunk): Promise<Committed>;
};
