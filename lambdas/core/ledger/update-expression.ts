import type { AttributeValue } from '@aws-sdk/client-dynamodb';

type Expressions = {
  UpdateExpression: string;
  ConditionExpression?: string;
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues?: Record<string, AttributeValue>;
};

export type Update = ReturnType<typeof createUpdate>;

/** Builds one DynamoDB update: what changes, and the conditions under which it may. */
export const createUpdate = () => {
  const names = new Map<string, string>();
  const values: Record<string, AttributeValue> = {};
  const sets: string[] = [];
  const removes: string[] = [];
  const conditions: string[] = [];

  const name = (attribute: string): string => {
    const known = names.get(attribute);
    if (known) return known;
    const placeholder = `#n${names.size}`;
    names.set(attribute, placeholder);
    return placeholder;
  };
  const value = (of: AttributeValue): string => {
    const placeholder = `:v${Object.keys(values).length}`;
    values[placeholder] = of;
    return placeholder;
  };
  const number = (of: number): string => value({ N: String(of) });

  const add = (attribute: string, amount: number): void => {
    const placeholder = name(attribute);
    sets.push(`${placeholder} = if_not_exists(${placeholder}, ${number(0)}) + ${number(amount)}`);
  };

  return {
    set: (attribute: string, to: AttributeValue): void => {
      sets.push(`${name(attribute)} = ${value(to)}`);
    },
    remove: (attribute: string): void => {
      removes.push(name(attribute));
    },
    /** Adds to a number that counts from 0 when it is absent. */
    add,
    /** Adds `amount` on condition that the result is at most `limit`. */
    addBelow: (attribute: string, amount: number, limit: number): void => {
      const placeholder = name(attribute);
      const room = number(limit - amount);
      // An absent attribute is 0, which DynamoDB does not say of itself: `0 <= room` has to be spelled with values.
      conditions.push(
        amount <= limit
          ? `(attribute_not_exists(${placeholder}) OR ${placeholder} <= ${room})`
          : `(attribute_exists(${placeholder}) AND ${placeholder} <= ${room})`,
      );
      add(attribute, amount);
    },
    requireAbsent: (attribute: string): void => {
      conditions.push(`attribute_not_exists(${name(attribute)})`);
    },
    requirePresent: (attribute: string): void => {
      conditions.push(`attribute_exists(${name(attribute)})`);
    },
    expressions: (): Expressions => ({
      UpdateExpression: [
        sets.length > 0 && `SET ${sets.join(', ')}`,
        removes.length > 0 && `REMOVE ${removes.join(', ')}`,
      ]
        .filter(Boolean)
        .join(' '),
      ...(conditions.length > 0 && { ConditionExpression: conditions.join(' AND ') }),
      ExpressionAttributeNames: Object.fromEntries(
        [...names].map(([attribute, placeholder]) => [placeholder, attribute]),
      ),
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    }),
  };
};
