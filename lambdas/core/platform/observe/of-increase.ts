import { toAmount } from '../../telemetry/metric';
import { METRICS, type Observation } from '../../telemetry/metrics';
import type { EventOf } from '../event';
import { toObservations } from '../reported-labels';

export const ofIncrease = ({ metric, labels, amount }: EventOf<'increase'>): Observation[] =>
  toObservations(metric, labels, toAmount(METRICS[metric].unit, amount));
