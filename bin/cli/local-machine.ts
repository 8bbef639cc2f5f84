import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { Target } from './target';
import { UsageError } from './usage-error';

/** What the local machine writes down about itself for as long as it runs. */
const localFile = v.object({
  awsEndpoint: v.string(),
  region: v.string(),
  operator: v.object({ accessKeyId: v.string(), secretAccessKey: v.string() }),
  managementFunctionName: v.string(),
  pid: v.number(),
});

const NOT_RUNNING =
  'No local machine is running: start it with npm start in another terminal, or name a deployed stack with --stack.';

/** The management function of the running local machine. Throws `UsageError` when none runs. */
export const findLocalMachine = async (file: string): Promise<Target> => {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT' ? new UsageError(NOT_RUNNING, { cause }) : cause;
  });
  const { awsEndpoint, region, operator, managementFunctionName, pid } = v.parse(localFile, JSON.parse(text));
  if (!isRunning(pid)) throw new UsageError(NOT_RUNNING);
  return { functionName: managementFunctionName, client: { endpoint: awsEndpoint, region, credentials: operator } };
};

const isRunning = (pid: number): boolean => {
  try {
    // Signal 0 only asks whether the process is there.
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
