/** What the calls of one principal and operation consumed on one table or index since the last reset. */
export type MeterRow = {
  readonly principal: string;
  readonly table: string;
  /** Set where a secondary index, not the table, was read or written. */
  readonly index?: string;
  readonly operation: string;
  /** Calls on a table's row; index rows count the calls that touched the index. */
  readonly calls: number;
  /** Read request units: halves are possible. */
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Item bytes behind the units, before rounding. */
  readonly readBytes: number;
  readonly writtenBytes: number;
};

export type MeterFilter = Partial<Pick<MeterRow, 'principal' | 'table' | 'index' | 'operation'>>;

export type MeterTotal = Pick<MeterRow, 'calls' | 'readUnits' | 'writeUnits' | 'readBytes' | 'writtenBytes'>;

/** The DynamoDB meter of a proxy, also reachable as `GET` and `DELETE` (reset) on its path `/__fluxgate/meter`. */
export type Meter = {
  rows(): MeterRow[];
  /** The sum of the rows that match every given field. */
  total(filter?: MeterFilter): MeterTotal;
  reset(): void;
};
