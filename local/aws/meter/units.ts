const WRITE_UNIT_BYTES = 1024;
const READ_UNIT_BYTES = 4096;

export type Consistency = 'eventual' | 'strong' | 'transactional';

const READ_FACTOR = { eventual: 0.5, strong: 1, transactional: 2 } as const satisfies Record<Consistency, number>;

/** Write request units of one item or index entry of so many bytes; never less than one unit. */
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES));

/** Read request units of so many bytes, rounded up together: one item, or one page of a query. */
export const readUnits = (bytes: number, consistency: Consistency): number =>
  Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES)) * READ_FACTOR[consistency];
