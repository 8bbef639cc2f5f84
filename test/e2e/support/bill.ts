import * as v from 'valibot';

const tokens = v.object({
  input: v.number(),
  output: v.number(),
  cacheRead: v.number(),
  cacheWrite5m: v.number(),
  cacheWrite1h: v.number(),
});

const bill = v.object({
  entries: v.array(
    v.object({
      modelId: v.string(),
      status: v.optional(v.number()),
      faults: v.array(v.string()),
      billed: v.optional(tokens),
      served: v.object({ events: v.number(), outputTokens: v.number() }),
      connection: v.picklist(['open', 'complete', 'cut']),
      requestMetadata: v.record(v.string(), v.string()),
    }),
  ),
});

export type BillEntry = v.InferOutput<typeof bill>['entries'][number];

/** What the provider wrote down for one request of the gateway, attempt by attempt. */
export const readBill = async (simulatorUrl: string, requestId: string): Promise<BillEntry[]> => {
  const response = await fetch(`${simulatorUrl}/__simulator/bill`);
  const { entries } = v.parse(bill, await response.json());
  return entries.filter(({ requestMetadata }) => requestMetadata['fluxgate-request-id'] === requestId);
};

/** US dollars per million tokens, from the vendors' lists: not the catalogue that is under test. */
const PRICES: Readonly<Record<string, Record<keyof v.InferOutput<typeof tokens>, number>>> = {
  'us.anthropic.claude-haiku-4-5-20251001-v1:0': {
    input: 1.1,
    output: 5.5,
    cacheRead: 0.11,
    cacheWrite5m: 1.375,
    cacheWrite1h: 2.2,
  },
  'us.amazon.nova-lite-v1:0': { input: 0.06, output: 0.24, cacheRead: 0.015, cacheWrite5m: 0, cacheWrite1h: 0 },
  'us.amazon.nova-2-lite-v1:0': { input: 0.33, output: 2.75, cacheRead: 0.0825, cacheWrite5m: 0, cacheWrite1h: 0 },
  'us.meta.llama4-scout-17b-instruct-v1:0': {
    input: 0.17,
    output: 0.66,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
  },
};

/** What the provider charges for one attempt, in nano-dollars; 0 when it charges nothing. */
export const chargeOf = ({ modelId, billed }: BillEntry): number => {
  if (billed === undefined) return 0;
  const price = PRICES[modelId];
  if (price === undefined) throw new Error(`The tests have no price of ${modelId}.`);
  return Math.round(
    (billed.input * price.input +
      billed.output * price.output +
      billed.cacheRead * price.cacheRead +
      billed.cacheWrite5m * price.cacheWrite5m +
      billed.cacheWrite1h * price.cacheWrite1h) *
      1_000,
  );
};
