import { REFUSALS } from '../../../../lambdas/core/errors';
import type { RequestRecord } from '../../../../lambdas/core/ledger/record';

export const NANO_USD = 1e9;

export const isAbandoned = ({ outcome }: RequestRecord): boolean => outcome === 'abandoned';
export const isCompleted = (record: RequestRecord): boolean => record.errorCode === undefined && !isAbandoned(record);
export const isFailed = ({ errorCode }: RequestRecord): boolean => errorCode !== undefined;
/** By the gateway or a provider. */
export const isOurFailure = ({ errorCode }: RequestRecord): boolean =>
  errorCode !== undefined && REFUSALS[errorCode].status >= 500;
export const wasDispatched = ({ attempts }: RequestRecord): boolean => attempts.length > 0;
/** Names that the catalogue lacks share a label. */
export const modelOf = ({ model }: RequestRecord): string => (model === 'unknown' ? 'other' : model);
export const usdOf = ({ costNanoUsd }: RequestRecord): number => costNanoUsd / NANO_USD;
export const countOf = ({ count }: RequestRecord): number => count;
export const one = (): number => 1;
