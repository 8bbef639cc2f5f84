/**
 * One price of AWS in us-east-1, first tier, without the free tier. `asOf` is when it was last seen in print;
 * `source` is AWS's own page of it.
 */
export type AwsPrice = { usd: number; per: number; unit: string; asOf: string; source: string };

/** What a request costs besides its model. Compare with the sources before you publish a figure of your own. */
export const PRICES = {
  restApiRequest: {
    usd: 3.5,
    per: 1_000_000,
    unit: 'requests of a REST API',
    asOf: '2026',
    source: 'https://aws.amazon.com/api-gateway/pricing/',
  },
  lambdaRequest: {
    usd: 0.2,
    per: 1_000_000,
    unit: 'invocations',
    asOf: '2026-05',
    source: 'https://aws.amazon.com/lambda/pricing/',
  },
  lambdaGigabyteSecond: {
    usd: 0.0000133334,
    per: 1,
    unit: 'GB-second on arm64',
    asOf: '2026-05',
    source: 'https://aws.amazon.com/lambda/pricing/',
  },
  writeUnit: {
    usd: 0.625,
    per: 1_000_000,
    unit: 'write request units on demand',
    asOf: '2025-07',
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  },
  readUnit: {
    usd: 0.125,
    per: 1_000_000,
    unit: 'read request units on demand',
    asOf: '2025-07',
    source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  },
  logByte: {
    usd: 0.5,
    per: 1_000_000_000,
    unit: 'bytes of logs taken in',
    asOf: '2025-05',
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  protectedLogByte: {
    usd: 0.12,
    per: 1_000_000_000,
    unit: 'bytes of logs searched for what is masked',
    asOf: '2026',
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  trace: {
    usd: 5,
    per: 1_000_000,
    unit: 'traces recorded',
    asOf: 'from memory',
    source: 'https://aws.amazon.com/xray/pricing/',
  },
} as const satisfies Record<string, AwsPrice>;

export type PriceName = keyof typeof PRICES;

/** What so many units cost, in USD. */
export const usdFor = (name: PriceName, units: number): number => (units * PRICES[name].usd) / PRICES[name].per;
