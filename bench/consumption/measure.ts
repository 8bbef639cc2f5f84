import { type Cost, costPerMillion } from './cost';
import { type CountingMachine, QUIET_MS, type Reading, startCountingMachine } from './counting-machine';
import { CALLERS, KINDS, type Kind } from './kinds';

/** Of one request, on the average of many. */
export type Consumption = {
  storeCalls: number;
  writeUnits: number;
  readUnits: number;
  /** What the function and the platform write for it. */
  logBytes: number;
  accessLogBytes: number;
  /** What the aggregator spends on its record. */
  aggregation: Units;
};

export type Units = { writeUnits: number; readUnits: number };

export type KindConsumption = { kind: string; seconds: number; consumption: Consumption; cost: Cost };

export type ConsumptionReport = { memoryMegabytes: number; kinds: readonly KindConsumption[] };

const WARM_UP = 2;

const countTo = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

const warmUp = async (machine: CountingMachine, kind: Kind, key: string): Promise<void> => {
  for (const index of countTo(0, WARM_UP)) await machine.chat(key, kind.body(index));
};

const send = async (machine: CountingMachine, kind: Kind, key: string, requests: number): Promise<void> => {
  for (const index of countTo(WARM_UP, WARM_UP + requests)) {
    const status = await machine.chat(key, kind.body(index));
    if (!kind.statuses.includes(status)) throw new Error(`A request of kind "${kind.name}" got the status ${status}.`);
  }
};

type Prepared = { kind: Kind; key: string };

/** Lets every function start and know the keys, so that no later count holds what happens once. */
const prepare = async (machine: CountingMachine): Promise<Prepared[]> => {
  const prepared: Prepared[] = [];
  for (const kind of KINDS) {
    const key = await machine.createKey(CALLERS[kind.caller]);
    if (kind.recorded) await warmUp(machine, kind, key);
    prepared.push({ kind, key });
  }
  await machine.readWhenQuiet(QUIET_MS.aggregator);
  return prepared;
};

const readKind = async (machine: CountingMachine, { kind, key }: Prepared, requests: number): Promise<Reading> => {
  // The first refusal of a minute is written by itself, so it belongs to the warm-up of its own kind.
  if (!kind.recorded) await warmUp(machine, kind, key);
  machine.reset();
  await send(machine, kind, key, requests);
  return machine.readWhenQuiet(QUIET_MS.gateway);
};

const sumOf = (readings: readonly Reading[], units: keyof Units): number =>
  readings.reduce((sum, { aggregator }) => sum + aggregator[units], 0);

const toConsumption = ({ gateway, ...reading }: Reading, requests: number, aggregation: Units): Consumption => ({
  storeCalls: gateway.calls / requests,
  writeUnits: gateway.writeUnits / requests,
  readUnits: gateway.readUnits / requests,
  logBytes: reading.logBytes / requests,
  accessLogBytes: reading.accessLogBytes / requests,
  aggregation,
});

/** Sends every kind of request through the whole local machine and counts what it consumes of AWS. */
export const measureConsumption = async (requests: number): Promise<ConsumptionReport> => {
  const machine = await startCountingMachine();
  try {
    const read: { kind: Kind; reading: Reading }[] = [];
    for (const each of await prepare(machine))
      read.push({ kind: each.kind, reading: await readKind(machine, each, requests) });
    machine.reset();
    // The stream lags behind: whatever kind a batch was read with, it is the records of all kinds that it holds.
    const readings = [...read.map(({ reading }) => reading), await machine.readWhenQuiet(QUIET_MS.aggregator)];
    const records = requests * KINDS.filter(({ recorded }) => recorded).length;
    const perRecord = {
      writeUnits: sumOf(readings, 'writeUnits') / records,
      readUnits: sumOf(readings, 'readUnits') / records,
    };
    const kinds = read.map(({ kind, reading }) => {
      const aggregation = kind.recorded ? perRecord : { writeUnits: 0, readUnits: 0 };
      const consumption = toConsumption(reading, requests, aggregation);
      const cost = costPerMillion(consumption, kind.seconds, machine.memoryMegabytes);
      return { kind: kind.name, seconds: kind.seconds, consumption, cost };
    });
    return { memoryMegabytes: machine.memoryMegabytes, kinds };
  } finally {
    await machine.stop();
  }
};
