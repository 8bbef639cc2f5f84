import type { LambdaClientConfig } from '@aws-sdk/client-lambda';

/** A management function and how to reach it. */
export type Target = { functionName: string; client: LambdaClientConfig };
