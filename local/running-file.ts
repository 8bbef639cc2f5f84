import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from './is-running';
import type { Machine } from './machine';

/** Tells the command line and the examples where a machine runs, for as long as it does. */
export type RunningFile = { remove(): void };

/**
 * Writes `local.json` into a folder: where the newest of the running machines is and with which credentials, so only this
 * user may read it. When a machine ends, the newest of those that still run takes its place.
 */
export const writeRunningFile = (directory: string, machine: Machine): RunningFile => {
  const machines = join(directory, 'machines');
  mkdirSync(machines, { recursive: true });
  const own = join(machines, `${process.pid}.json`);
  const text = `${JSON.stringify(toFacts(machine), null, 2)}\n`;
  writeFileSync(own, text, { mode: 0o600 });
  pointToNewest(directory, machines);
  return {
    remove: () => {
      rmSync(own, { force: true });
      pointToNewest(directory, machines);
    },
  };
};

const toFacts = ({ url, apiKey, assembly, awsProxy, operator, logsDirectory, tracesFile }: Machine): object => ({
  url,
  apiKey,
  awsEndpoint: awsProxy.url,
  region: assembly.place.region,
  accountId: assembly.place.accountId,
  operator: { accessKeyId: operator.accessKeyId, secretAccessKey: operator.secretAccessKey },
  managementFunctionName: assembly.outputs.ManagementFunctionName,
  logsDirectory,
  tracesFile,
  pid: process.pid,
});

const pointToNewest = (directory: string, machines: string): void => {
  const running = readdirSync(machines).filter((name) => isAlive(machines, name));
  const [newest] = running.sort((left, right) => startedAt(machines, right) - startedAt(machines, left));
  const target = join(directory, 'local.json');
  if (newest === undefined) {
    rmSync(target, { force: true });
    return;
  }
  const copy = join(directory, `local.json.${process.pid}`);
  writeFileSync(copy, readFileSync(join(machines, newest)), { mode: 0o600 });
  renameSync(copy, target);
};

/** A machine that was killed could not remove its file. */
const isAlive = (machines: string, name: string): boolean => {
  if (isRunning(Number(name.split('.')[0]))) return true;
  rmSync(join(machines, name), { force: true });
  return false;
};

const startedAt = (machines: string, name: string): number => statSync(join(machines, name)).mtimeMs;
