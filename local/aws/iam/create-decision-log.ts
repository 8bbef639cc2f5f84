import type { Principal } from '../principal';
import type { Access } from './access';
import type { Decision, DecisionLog, UnusedStatement } from './decision';
import { evaluate, type Verdict } from './evaluate';

/** How many decisions, and how many denials, are kept. */
const KEPT = 1_000;

export type Guard = DecisionLog & {
  /** Decides and remembers. Throws `UnsupportedPolicy` as `evaluate` does. */
  decide(principal: Principal, access: Access): Decision;
  /** Forgets which statements were used and what was allowed. */
  forget(): void;
};

/** Decides about accesses and keeps the log of it. `principals` is read anew whenever unused statements are asked for. */
export const createDecisionLog = (principals: () => readonly Principal[]): Guard => {
  const recent: Decision[] = [];
  const denied: Decision[] = [];
  const used = new Map<string, Set<number>>();
  const allowed = new Map<string, Set<string>>();

  const decide = (principal: Principal, access: Access): Decision => {
    const verdict = judge(principal, access);
    const decision: Decision = {
      at: Date.now(),
      principal: principal.name,
      action: access.action,
      resource: access.resource,
      allowed: verdict.allowed,
      ...(verdict.denial && { denial: verdict.denial }),
    };
    keep(recent, decision);
    if (!decision.allowed) keep(denied, decision);
    else entry(allowed, principal.name).add(`${access.action} ${access.resource}`);
    for (const index of verdict.matched) entry(used, principal.name).add(index);
    return decision;
  };

  return {
    decide,
    recent: () => [...recent],
    denied: () => [...denied],
    allowed: (name) => [...(allowed.get(name) ?? [])],
    unusedStatements: (name) => unusedOf(name, principals(), used.get(name) ?? new Set()),
    forget: () => {
      used.clear();
      allowed.clear();
    },
  };
};

const unusedOf = (name: string, principals: readonly Principal[], used: ReadonlySet<number>): UnusedStatement[] => {
  const statements = principals.find((principal) => principal.name === name)?.statements;
  if (statements === undefined) throw new Error(`There is no principal named ${name}.`);
  if (statements === 'allow-all') return [];
  return statements.map((statement, index) => ({ index, statement })).filter(({ index }) => !used.has(index));
};

const judge = ({ statements }: Principal, access: Access): Verdict =>
  statements === 'allow-all' ? { allowed: true, matched: [] } : evaluate(statements, access);

const keep = (list: Decision[], decision: Decision): void => {
  list.push(decision);
  if (list.length > KEPT) list.shift();
};

const entry = <V>(map: Map<string, Set<V>>, name: string): Set<V> => {
  const found = map.get(name) ?? new Set<V>();
  map.set(name, found);
  return found;
};
