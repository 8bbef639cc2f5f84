import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Machine } from './machine';

/** Tells the command line and the examples where a machine runs, for as long as it does. */
export type RunningFile = { remove(): void };

/** Writes the file; the newest machine wins. It holds credentials of this machine: only its user may read it. */
export const writeRunningFile = (file: string, machine: Machine): RunningFile => {
  const { place, outputs } = machine.assembly;
  const facts = {
    url: machine.url,
    apiKey: machine.apiKey,
    awsEndpoint: machine.awsProxy.url,
    region: place.region,
    accountId: place.accountId,
    operator: {
      accessKeyId: machine.operator.accessKeyId,
      secretAccessKey: machine.operator.secretAccessKey,
    },
    managementFunctionName: outputs.ManagementFunctionName,
    pid: process.pid,
  };
  mkdirSync(dirname(file), { recursive: true });
  // An older file would keep its mode.
  rmSync(file, { force: true });
  writeFileSync(file, `${JSON.stringify(facts, null, 2)}\n`, { mode: 0o600 });
  return {
    remove: () => {
      if (existsSync(file) && readFileSync(file, 'utf8').includes(`"pid": ${process.pid}\n`)) rmSync(file);
    },
  };
};
