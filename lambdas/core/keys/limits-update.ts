import { marshall } from '@aws-sdk/util-dynamodb';
import type { Limits } from './account';

/** A change of limits: a value sets that limit, `null` removes it, an absent one stays as it is. */
export type LimitsChange = { [Name in keyof Limits]?: Limits[Name] | null };

/** The part of an UpdateItem that changes single limits in place, so that two operators do not undo each other's change. */
export const toLimitsUpdate = (change: LimitsChange) => {
  const fields = Object.entries(change).filter(([, value]) => value !== undefined);
  const set = fields.filter(([, value]) => value !== null).map(([name]) => `#limits.#${name} = :${name}`);
  const remove = fields.filter(([, value]) => value === null).map(([name]) => `#limits.#${name}`);
  const values = Object.fromEntries(
    fields.filter(([, value]) => value !== null).map(([name, value]) => [`:${name}`, value]),
  );
  return {
    UpdateExpression: [clause('SET', set), clause('REMOVE', remove)].join(' ').trim(),
    ExpressionAttributeNames: Object.fromEntries<string>([
      ['#limits', 'limits'],
      ...fields.map(([name]) => [`#${name}`, name] as const),
    ]),
    // DynamoDB refuses an empty map of values.
    ExpressionAttributeValues: set.length > 0 ? marshall(values) : undefined,
  };
};

const clause = (verb: string, parts: readonly string[]): string =>
  parts.length > 0 ? `${verb} ${parts.join(', ')}` : '';
