import * as v from 'valibot';

const toFault = ({ expected, received }: v.ObjectIssue | v.StrictObjectIssue): string => {
  if (expected === 'never') return 'is not a field of this event';
  return received === 'undefined' ? 'is required' : 'must be an object';
};

/**
 * One type of event. `given` reads what a service sends: every field is known, or it is told. `stored` reads what was
 * written, possibly by a newer version: fields that are not known here are left out.
 */
export const defineEvent = <const Type extends string, const Fields extends v.ObjectEntries>(
  type: Type,
  fields: Fields,
) => ({
  given: v.strictObject({ type: v.literal(type), ...fields }, toFault),
  stored: v.object({ type: v.literal(type), ...fields }, toFault),
});
