import { type Guarded, type LabelName, type LabelValue, OTHER, toLabelValue } from '../telemetry/label-values';
import { NAME_SHAPE } from './label-names';

const isGuarded = <L extends LabelName>(_: L, value: string): value is Guarded<L> => NAME_SHAPE.test(value);

/**
 * A label's value as a record keeps it: the guard let it in, when what is named was known. Only its shape is looked at
 * again, so that no record can break a key or the text format.
 */
export const toPlatformLabel = <L extends LabelName>(label: L, value: string): LabelValue<L> | Guarded<L> =>
  isGuarded(label, value) ? value : toLabelValue(label, OTHER);
