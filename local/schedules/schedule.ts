import type { Expression } from './expression';

/** A function that is invoked by the clock. */
export type Schedule = {
  readonly ruleArn: string;
  readonly functionName: string;
  readonly expression: Expression;
  /** The event, when the rule fixes it. */
  readonly input: string | undefined;
};
