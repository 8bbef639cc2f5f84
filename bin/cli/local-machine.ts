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

const logsFacts = v.object({ logsDirectory: v.string(), pid: v.number() });

/** The management function of the running local machine. Throws `UsageError` when none runs. */
export const findLocalMachine = async (file: string): Promise<Target> => {
  const { awsEndpoint, region, operator, managementFunctionName } = await readFacts(file, localFile);
  return { functionName: managementFunctionName, client: { endpoint: awsEndpoint, region, credentials: operator } };
};

/** Where the running local machine keeps the logs of its functions. Throws `UsageError` when none runs. */
export const findLocalLogs = async (file: string): Promise<string> => {
  const { logsDirectory } = await readFacts(file, logsFacts);
  return logsDirectory;
};

const tracesFacts = v.object({ tracesFile: v.string(), pid: v.number() });

/** Where the running local machine keeps its traces. Throws `UsageError` when none runs. */
export const findLocalTraces = async (file: string): Promise<string> => {
  const { tracesFile } = await readFacts(file, tracesFacts);
  return tracesFile;
};

const readFacts = async <T extends { pid: number }>(file: string, schema: v.GenericSchema<unknown, T>): Promise<T> => {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT' ? new UsageError(NOT_RUNNING, { cause }) : cause;
  });
  const facts = v.parse(schema, JSON.parse(text));
  if (!isRunning(facts.pid)) throw new UsageError(NOT_RUNNING);
  return facts;
};

const isRunning = (pid: number): boolean => {
  try {
    // Signal 0 only asks whether the process is there.
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
