import type { PolicyStatement } from './policy-statement';

/** One answer of the IAM evaluation: one action on one resource. */
export type Decision = {
  readonly at: number;
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
  /** `explicit`: a Deny statement said so; `implicit`: no statement allows it. */
  readonly denial?: 'explicit' | 'implicit';
};

export type UnusedStatement = { readonly index: number; readonly statement: PolicyStatement };

/** What was asked of IAM and how it was answered, also readable at the proxy's path `/__fluxgate/decisions`. */
export type DecisionLog = {
  /** The latest decisions, oldest first; a bounded number is kept. */
  recent(): Decision[];
  /** Every denial, oldest first; a bounded number is kept. */
  denied(): Decision[];
  /** The statements of a principal, with their place in its list, that have decided nothing so far. */
  unusedStatements(principalName: string): UnusedStatement[];
  /** `action resource` pairs, each once, that the principal was allowed. */
  allowed(principalName: string): string[];
};
