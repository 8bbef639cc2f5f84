import type { Assembly } from './assembly/assembly';
import { readAssembly } from './assembly/read-assembly';
import { type BedrockSimulator, startBedrockSimulator } from './bedrock/simulator';
import type { Closers } from './closers';
import { startDynamoDb } from './dynamodb/start-dynamodb';
import { createLogFiles, type LogFiles } from './lambda/log-files';
import type { MachineOptions } from './machine';
import { type MachineFiles, prepareFiles } from './machine-files';
import { type Children, createChildren } from './processes/children';
import { createWorkDirectory } from './processes/work-directory';
import { openState, type State } from './state';
import { startXrayDaemon, type XrayDaemon } from './xray/daemon';

/** What the services of the machine stand on. */
export type Foundation = {
  readonly assembly: Assembly;
  readonly dynamoEndpoint: string;
  readonly simulator: BedrockSimulator | undefined;
  readonly xray: XrayDaemon;
  readonly state: State;
  readonly children: Children;
  readonly workDirectory: string;
  readonly files: MachineFiles;
  readonly logs: LogFiles;
  /** Writes down what went wrong behind an answer that does not tell. */
  readonly fail: (where: string, error: unknown) => void;
};

/** Every deployed stack has an account; this one has nobody's. */
const ACCOUNT_ID = '000000000000';

/** Synthesises the app, and starts what needs nothing of it meanwhile. */
export const layFoundation = async (options: MachineOptions, port: number, closers: Closers): Promise<Foundation> => {
  const { region } = options;
  const state = openState(options.dataDirectory);
  closers.add(state.release);
  const files = prepareFiles(options.directory(port));
  const logs = createLogFiles(files);
  closers.add(logs.close);
  const fail = (where: string, error: unknown) => {
    logs.write('machine', `${new Date().toISOString()} ${where}: ${describe(error)}`);
    options.onFailure?.(where, error);
  };
  const xray = await startXrayDaemon(files.tracesFile, (faults) =>
    fail('X-Ray', new Error(`A document that X-Ray would refuse: ${faults.join('; ')}.`)),
  );
  closers.add(xray.close);
  const children = createChildren();
  closers.add(children.stop);
  const workDirectory = createWorkDirectory(children, closers);

  const [assembly, dynamoEndpoint, simulator] = await Promise.all([
    options.synthesise(children).then((directory) => readAssembly(directory, { region, accountId: ACCOUNT_ID })),
    startDynamoDb({ children, directory: state.tablesDirectory }),
    options.bedrock === 'simulated' ? startSimulator(closers) : undefined,
  ]);
  return { assembly, dynamoEndpoint, simulator, xray, state, children, workDirectory, files, logs, fail };
};

const startSimulator = async (closers: Closers): Promise<BedrockSimulator> => {
  const simulator = await startBedrockSimulator();
  closers.add(simulator.close);
  return simulator;
};

const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message).replaceAll('\n', '\r') : String(error);
