import type { AttemptRecord, RequestRecord } from '../../ledger/record';
import { type LabelValue, toLabelValue } from '../label-values';

export type TargetLabels = {
  provider: LabelValue<'provider'>;
  model: LabelValue<'model'>;
  region: LabelValue<'region'>;
};

/** The labels of a provider's model. */
export const toTargetLabels = ({
  provider,
  model,
  region,
}: Pick<AttemptRecord, 'provider' | 'model' | 'region'>): TargetLabels => ({
  provider: toLabelValue('provider', provider),
  model: toLabelValue('model', model),
  region: toLabelValue('region', region),
});

export type RequestLabels = TargetLabels & {
  endpoint: LabelValue<'endpoint'>;
  method: LabelValue<'method'>;
  httpStatus: LabelValue<'status'>;
};

/** The labels of a request, each guarded once. */
export const toRequestLabels = (record: RequestRecord): RequestLabels => ({
  ...toTargetLabels(record),
  endpoint: toLabelValue('endpoint', record.endpoint),
  method: toLabelValue('method', record.method),
  httpStatus: toLabelValue('status', String(record.httpStatus)),
});
