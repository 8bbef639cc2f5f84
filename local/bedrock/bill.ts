import type { Tokens } from './usage';

/** One request as the provider saw it: what it served and what it will charge for. */
export type BillEntry = {
  /** The `x-amzn-requestid` of the answer. */
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  operation: 'converse' | 'converse-stream' | 'invoke';
  /** As it was sent. */
  modelId: string;
  /** The HTTP status; undefined when no answer was begun. */
  status: number | undefined;
  /** The faults that struck, as they were written. */
  faults: readonly string[];
  /** What is charged; undefined when nothing is. */
  billed: Tokens | undefined;
  /** What went out on the wire. */
  served: { events: number; outputTokens: number };
  /** `cut` when either side left before the end. */
  connection: 'open' | 'complete' | 'cut';
  /** As the caller sent it; it holds the gateway's own ids. */
  requestMetadata: Readonly<Record<string, string>>;
};

export type BillTotal = Tokens & { modelId: string; requests: number; billedRequests: number };

const NOTHING: Tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };

const add = (total: BillTotal, { billed = NOTHING, ...entry }: BillEntry): BillTotal => ({
  modelId: entry.modelId,
  requests: total.requests + 1,
  billedRequests: total.billedRequests + (billed === NOTHING ? 0 : 1),
  input: total.input + billed.input,
  output: total.output + billed.output,
  cacheRead: total.cacheRead + billed.cacheRead,
  cacheWrite5m: total.cacheWrite5m + billed.cacheWrite5m,
  cacheWrite1h: total.cacheWrite1h + billed.cacheWrite1h,
});

/** The provider's own books: what tests compare the gateway's ledger with. */
export const createBill = () => {
  let entries: BillEntry[] = [];
  return {
    /** Opens an entry; the delivery goes on writing into the returned object. */
    open(entry: BillEntry): BillEntry {
      entries.push(entry);
      return entry;
    },
    /** Every request since the last reset, refused ones included, in order of arrival. */
    entries: (): readonly BillEntry[] => entries.map((entry) => ({ ...entry, served: { ...entry.served } })),
    /** Sums by model id. */
    totals(): readonly BillTotal[] {
      const byModel = new Map<string, BillTotal>();
      for (const entry of entries) {
        const empty = { ...NOTHING, modelId: entry.modelId, requests: 0, billedRequests: 0 };
        byModel.set(entry.modelId, add(byModel.get(entry.modelId) ?? empty, entry));
      }
      return [...byModel.values()];
    },
    reset(): void {
      entries = [];
    },
  };
};

export type Bill = ReturnType<typeof createBill>;
