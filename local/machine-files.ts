import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Where a machine writes what it observes. */
export type MachineFiles = {
  /** One `<function>.log` per function, and `api-access.log`. */
  readonly logsDirectory: string;
  /** Every EMF document, one JSON object a line. */
  readonly emfFile: string;
  /** Every X-Ray segment and subsegment, one JSON object a line. */
  readonly tracesFile: string;
};

/** Empties the folder of what the last run left. */
export const prepareFiles = (directory: string): MachineFiles => {
  const logsDirectory = join(directory, 'logs');
  const files = { logsDirectory, emfFile: join(directory, 'emf.jsonl'), tracesFile: join(directory, 'traces.jsonl') };
  for (const path of Object.values(files)) rmSync(path, { recursive: true, force: true });
  mkdirSync(logsDirectory, { recursive: true });
  return files;
};
