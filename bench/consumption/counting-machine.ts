import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import { PROJECT_ROOT, synthesise } from '../../local/assembly/synthesise';
import type { Machine } from '../../local/machine';
import { startMachine } from '../../local/start-machine';
import { cacheFolder } from '../places';

const REGION = 'us-east-1';
const POLL_MS = 250;
const MOST_POLLS = 240;

/** How long nothing may change: the gateway settles at once, the stream waits for a batch to fill. */
export const QUIET_MS = { gateway: 1_000, aggregator: 8_000 } as const;

const createdKey = v.object({ key: v.string() });

/** What has been consumed since the last reset. */
export type Reading = {
  gateway: { writeUnits: number; readUnits: number; calls: number };
  aggregator: { writeUnits: number; readUnits: number; calls: number };
  logBytes: number;
  accessLogBytes: number;
};

/** The whole local machine, one environment a function, with its meter and its logs counted. */
export type CountingMachine = {
  memoryMegabytes: number;
  createKey(limits: object): Promise<string>;
  /** Posts a chat request and reads the answer to its end; returns its status. */
  chat(key: string, body: object): Promise<number>;
  reset(): void;
  /** The reading once nothing has changed for so long. */
  readWhenQuiet(quietMs: number): Promise<Reading>;
  stop(): Promise<void>;
};

const accessLogSize = (machine: Machine): number =>
  statSync(join(machine.logsDirectory, 'api-access.log'), { throwIfNoEntry: false })?.size ?? 0;

/** Starts it from the synthesised assembly; the functions' logs are those of a deployed stack. */
export const startCountingMachine = async (): Promise<CountingMachine> => {
  const logBytes = new Map<string, number>();
  const machine = await startMachine({
    port: 0,
    region: REGION,
    directory: () => cacheFolder('machine'),
    bedrock: 'simulated',
    unthrottled: true,
    environmentsPerFunction: 1,
    synthesise: (children) =>
      synthesise({ root: PROJECT_ROOT, region: REGION, shell: process.env, children, onProgress: () => {} }),
    onLine: (name, line) => void logBytes.set(name, (logBytes.get(name) ?? 0) + Buffer.byteLength(line)),
  });
  machine.simulator?.control.setPace({ firstEventMs: 0, eventMs: 0 });
  const gateway = machine.functionName('Gateway');
  const aggregator = machine.functionName('UsageAggregation');
  let accessLogStart = 0;

  const read = (): Reading => ({
    gateway: machine.awsProxy.meter.total({ principal: gateway }),
    aggregator: machine.awsProxy.meter.total({ principal: aggregator }),
    logBytes: logBytes.get(gateway) ?? 0,
    accessLogBytes: accessLogSize(machine) - accessLogStart,
  });

  return {
    memoryMegabytes: machine.assembly.functions.find(({ name }) => name === gateway)?.memoryMegabytes ?? Number.NaN,
    createKey: async (limits) => {
      const order = {
        action: 'keys.create',
        account: 'bench',
        name: 'bench',
        scopes: ['chat'],
        cache: true,
        ...limits,
      };
      const { payload } = await machine.invoke(machine.functionName('Management'), Buffer.from(JSON.stringify(order)));
      return v.parse(createdKey, JSON.parse(payload.toString())).key;
    },
    chat: async (key, body) => {
      const response = await fetch(`${machine.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      await response.text();
      return response.status;
    },
    reset: () => {
      machine.awsProxy.meter.reset();
      logBytes.clear();
      accessLogStart = accessLogSize(machine);
    },
    readWhenQuiet: async (quietMs) => {
      let last = JSON.stringify(read());
      let quiet = 0;
      for (let poll = 0; quiet * POLL_MS < quietMs && poll < MOST_POLLS; poll += 1) {
        await pause(POLL_MS);
        const now = JSON.stringify(read());
        quiet = now === last ? quiet + 1 : 0;
        last = now;
      }
      return read();
    },
    stop: machine.stop,
  };
};
