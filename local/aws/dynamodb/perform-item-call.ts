import { AwsError } from '../aws-error';
import type { FaultInjector } from '../faults/create-faults';
import type { MeterKeeper } from '../meter/create-meter';
import type { MeterTotal } from '../meter/meter-row';
import type { Principal } from '../principal';
import type { Answer, Conduct } from '../service';
import { type Charge, chargeRead, chargeRefusedWrite } from './charge';
import type { Images } from './images';
import type { ItemCall, Performer } from './item-call';
import type { LocalDatabase } from './local-database';
import { chargeCanceled, createPerformTransactWrite, performBatchWrite } from './perform-many-writes';
import { performRange } from './perform-range';
import { performGets } from './perform-reads';
import { performSingleWrite } from './perform-single-write';
import { createStaleVersions, type StaleVersions } from './stale-versions';
import { createTransactions, type Transactions, transactionCanceled, transactionConflict } from './transactions';

export type PerformDeps = {
  readonly database: LocalDatabase;
  readonly images: Images;
  readonly faults: FaultInjector;
  readonly meter: MeterKeeper;
};

/** Performs item calls as DynamoDB would: with conflicts between transactions, with stale reads, and metered. */
export const createPerformItemCall = (deps: PerformDeps) => {
  const performers = createPerformers();
  const transactions = createTransactions();
  const versions = createStaleVersions();

  return async (call: ItemCall, principal: Principal, conduct: Conduct): Promise<Answer> => {
    const performer = performers.get(call.operation);
    if (performer === undefined) throw new Error(`Nothing performs ${call.operation}.`);
    const record = (charges: readonly Charge[]) => recordCharges(deps.meter, principal, call, charges);
    const release = await claim(call, conduct, transactions).catch(async (error) => {
      if (error instanceof AwsError) record(await chargeConflict(call, deps.images));
      throw error;
    });
    try {
      await conduct.wait();
      await keepVersions(call, versions, deps);
      const { answer, charges } = await performer(call, deps);
      record(charges);
      return conduct.stale ? versions.toStale(call, answer) : answer;
    } finally {
      release();
    }
  };
};

const createPerformers = (): ReadonlyMap<string, Performer> =>
  new Map([
    ['GetItem', performGets],
    ['BatchGetItem', performGets],
    ['TransactGetItems', performGets],
    ['Query', performRange],
    ['Scan', performRange],
    ['PutItem', performSingleWrite],
    ['UpdateItem', performSingleWrite],
    ['DeleteItem', performSingleWrite],
    ['BatchWriteItem', performBatchWrite],
    ['TransactWriteItems', createPerformTransactWrite()],
  ]);

const isSingleWrite = ({ operation }: ItemCall): boolean => ['PutItem', 'UpdateItem', 'DeleteItem'].includes(operation);

/** Takes what the call needs for itself, and returns what gives it back. Rejects on a conflict, natural or injected. */
const claim = async (call: ItemCall, { conflict }: Conduct, transactions: Transactions): Promise<() => void> => {
  const ids = call.places.map(({ id }) => id);
  // The first member stands for all: one conflict is enough to cancel a transaction.
  if (conflict) throw isSingleWrite(call) ? transactionConflict() : transactionCanceled(ids.map((_, n) => n === 0));
  const { ClientRequestToken: token } = call.request;
  if (call.operation === 'TransactWriteItems') {
    return transactions.begin(ids, typeof token === 'string' ? token : undefined);
  }
  if (call.operation === 'TransactGetItems') transactions.refuseReads(ids);
  if (isSingleWrite(call)) for (const id of ids) transactions.refuseWrite(id);
  return () => undefined;
};

/** AWS does not print what a conflict costs; it is counted like a failed condition. */
const chargeConflict = async (call: ItemCall, images: Images): Promise<Charge[]> => {
  const existing = await images.recall(call.places);
  if (call.operation === 'TransactWriteItems') return chargeCanceled(call, existing);
  if (call.operation === 'TransactGetItems')
    return call.places.map(({ table }) => chargeRead(table, 0, 'transactional'));
  return call.places.map(({ table }, n) => chargeRefusedWrite(table, existing[n], 'plain'));
};

const keepVersions = async (
  call: ItemCall,
  versions: StaleVersions,
  { faults, images }: PerformDeps,
): Promise<void> => {
  const written = call.places.filter((_, n) => WRITES.has(call.parts[n]?.does ?? ''));
  const wanted = written.filter(({ table }) => faults.mayBeStale(table));
  versions.drop(written.filter(({ table }) => !faults.mayBeStale(table)));
  if (wanted.length > 0) await versions.keep(wanted, images);
};

const WRITES = new Set(['put', 'update', 'delete']);

const recordCharges = (
  meter: MeterKeeper,
  principal: Principal,
  { operation }: ItemCall,
  charges: readonly Charge[],
) => {
  const rows = new Map<string, Charge & Omit<MeterTotal, 'calls'>>();
  for (const charge of charges) {
    const id = `${charge.table} ${charge.index ?? ''}`;
    const row = rows.get(id);
    rows.set(id, {
      table: charge.table,
      ...(charge.index !== undefined && { index: charge.index }),
      readUnits: (row?.readUnits ?? 0) + (charge.readUnits ?? 0),
      writeUnits: (row?.writeUnits ?? 0) + (charge.writeUnits ?? 0),
      readBytes: (row?.readBytes ?? 0) + (charge.readBytes ?? 0),
      writtenBytes: (row?.writtenBytes ?? 0) + (charge.writtenBytes ?? 0),
    });
  }
  for (const row of rows.values()) meter.add({ principal: principal.name, operation, ...row });
};
