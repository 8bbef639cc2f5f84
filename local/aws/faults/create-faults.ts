import { setMaxListeners } from 'node:events';
import type { ServiceCall } from '../service';
import type { ActiveFault, FaultRule, Faults, ServiceName } from './fault-rule';
import { readFaultRule } from './read-fault-rule';

type Subject = Pick<ServiceCall, 'operation' | 'tables' | 'keys' | 'eventuallyConsistent'> & {
  service: ServiceName;
  principal: string;
};

export type FaultInjector = Faults & {
  /** The rule that this call falls to, if any; counts the call on every rule that it passes. */
  strike(subject: Subject): Strike | undefined;
  /** Whether reads of a table may still be answered stale, so that its previous versions must be kept. */
  mayBeStale(table: string): boolean;
};

/** A rule that harms a call, and the signal that it has been removed meanwhile. */
export type Strike = { readonly rule: FaultRule; readonly removed: AbortSignal };

type Live = { id: string; rule: FaultRule; seen: number; hits: number; removal: AbortController };

export const createFaults = (): FaultInjector => {
  const live: Live[] = [];
  let added = 0;
  return {
    add: (rule) => {
      added += 1;
      const id = `fault-${added}`;
      const removal = new AbortController();
      // Any number of calls may be held at once.
      setMaxListeners(0, removal.signal);
      live.push({ id, rule: readFaultRule(rule), seen: 0, hits: 0, removal });
      return id;
    },
    list: () =>
      live.map((fault): ActiveFault => ({ id: fault.id, rule: fault.rule, seen: fault.seen, hits: fault.hits })),
    remove: (id) => {
      const index = live.findIndex((fault) => fault.id === id);
      if (index >= 0) for (const { removal } of live.splice(index, 1)) removal.abort();
    },
    clear: () => {
      for (const { removal } of live.splice(0)) removal.abort();
    },
    strike: (subject) => {
      const fault = live.find((candidate) => hits(candidate, subject));
      return fault && { rule: fault.rule, removed: fault.removal.signal };
    },
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
