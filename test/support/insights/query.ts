/** An expression of a query. */
export type Expression =
  | { kind: 'literal'; value: string | number }
  | { kind: 'field'; name: string }
  | { kind: 'call'; name: string; args: readonly Expression[] }
  /** `bin(5m)`: the time of the line, floored. */
  | { kind: 'bin'; milliseconds: number; text: string }
  /** `count(*)` */
  | { kind: 'star' }
  | { kind: 'not'; operand: Expression }
  | { kind: 'binary'; operator: string; left: Expression; right: Expression }
  | { kind: 'in'; operand: Expression; values: readonly Expression[]; negated: boolean }
  | { kind: 'like'; operand: Expression; pattern: RegExp; negated: boolean };

/** An expression under the name that it has from here on. */
export type Column = { name: string; is: Expression };

export type Command =
  | { kind: 'fields'; columns: readonly Column[] }
  | { kind: 'display'; names: readonly string[] }
  | { kind: 'filter'; condition: Expression }
  | { kind: 'stats'; columns: readonly Column[]; by: readonly Column[] }
  | { kind: 'sort'; keys: readonly { by: Expression; descending: boolean }[] }
  | { kind: 'limit'; count: number };

export type Query = readonly Command[];

/** What a query asks of the language that is outside the subset that is understood here, or no part of the language. */
export class InsightsError extends Error {
  override readonly name = 'InsightsError';
}
