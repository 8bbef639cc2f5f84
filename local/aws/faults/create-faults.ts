import type { ServiceCall } from '../service';
import type { ActiveFault, FaultRule, Faults, ServiceName } from './fault-rule';
import { readFaultRule } from './read-fault-rule';

type Subject = Pick<ServiceCall, 'operation' | 'tables' | 'keys' | 'eventuallyConsistent'> & {
  service: ServiceName;
  principal: string;
};

export type FaultInjector = Faults & {
  /** The rule that this call falls to, if any; counts the call on every rule that it passes. */
  strike(subject: Subject): FaultRule | undefined;
  /** Whether reads of a table may still be answered stale, so that its previous versions must be kept. */
  mayBeStale(table: string): boolean;
};

type Live = { id: string; rule: FaultRule; seen: number; hits: number };

export const createFaults = (): FaultInjector => {
  const live: Live[] = [];
  let added = 0;
  return {
    add: (rule) => {
      added += 1;
      const id = `fault-${added}`;
      live.push({ id, rule: readFaultRule(rule), seen: 0, hits: 0 });
      return id;
    },
    list: () => live.map((fault): ActiveFault => ({ ...fault })),
    remove: (id) => {
      const index = live.findIndex((fault) => fault.id === id);
      if (index >= 0) live.splice(index, 1);
    },
    clear: () => {
      live.length = 0;
    },
    strike: (subject) => live.find((fault) => hits(fault, subject))?.rule,
    mayBeStale: (table) =>
      live.some(({ rule, hits }) => rule.kind === 'staleRead' && hits < rule.times && isOr(rule.table, table)),
  };
};

const hits = (fault: Live, subject: Subject): boolean => {
  if (!matches(fault.rule, subject)) return false;
  fault.seen += 1;
  if (fault.seen <= (fault.rule.after ?? 0) || fault.hits >= fault.rule.times) return false;
  fault.hits += 1;
  return true;
};

const TRANSACTIONAL = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems', 'TransactGetItems']);

const matches = ({ service, kind, operation, principal, table, keyMatch }: FaultRule, subject: Subject): boolean =>
  service === subject.service &&
  (kind !== 'staleRead' || subject.eventuallyConsistent) &&
  (kind !== 'TransactionConflict' || TRANSACTIONAL.has(subject.operation)) &&
  isOr(operation, subject.operation) &&
  isOr(principal, subject.principal) &&
  (table === undefined || subject.tables.includes(table)) &&
  (keyMatch === undefined || subject.keys.some((key) => key.includes(keyMatch)));

const isOr = (wanted: string | undefined, actual: string): boolean => wanted === undefined || wanted === actual;
