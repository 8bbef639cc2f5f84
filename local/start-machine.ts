import { join } from 'node:path';
import { createApi } from './api/create-api';
import { openFront } from './api/front';
import type { Assembly } from './assembly/assembly';
import { runInBackground } from './background';
import { type Closers, createClosers } from './closers';
import { createLocalKey } from './create-local-key';
import { type Foundation, layFoundation } from './foundation';
import type { Machine, MachineOptions } from './machine';
import { attachPrometheus } from './prometheus/attach-prometheus';
import { requirePrometheus } from './prometheus/require-prometheus';
import type { RunningPrometheus } from './prometheus/start-prometheus';
import { type Services, startServices } from './services';

/**
 * Starts everything that a cloud assembly describes. Rejects with one clear error, having ended what it had started: see
 * `PortTaken`, `DataDirectoryTaken`, `LocalKeyRefused` and `PrometheusMissing`.
 */
export const startMachine = async (options: MachineOptions): Promise<Machine> => {
  const closers = createClosers();
  try {
    return await boot(options, closers);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
};

const boot = async (options: MachineOptions, closers: Closers): Promise<Machine> => {
  if (options.prometheus) requirePrometheus();
  const front = await openFront(options.port);
  closers.add(front.close);
  const foundation = await layFoundation(options, front.port, closers);
  const services = await startServices(options, foundation, closers);
  const apiKey = await makeLocalKey(options, foundation, services);
  const background = runInBackground(foundation, services, closers);
  front.serve(serveApi(options, foundation, services));
  const prometheus = options.prometheus ? await scrape(options, foundation, { port: front.port, apiKey }) : undefined;
  if (prometheus !== undefined) closers.add(prometheus.stop);

  const { assembly } = foundation;
  return {
    ...foundation.files,
    url: front.url,
    port: front.port,
    apiKey,
    assembly,
    awsProxy: services.awsProxy,
    simulator: foundation.simulator,
    prometheus,
    operator: services.principals.operator,
    principals: services.principals.all(),
    dynamoEndpoint: foundation.dynamoEndpoint,
    functionName: (construct) => findFunction(assembly, construct),
    invoke: services.invoke,
    environments: services.functions.environments,
    expireItems: background.expireItems,
    stop: async () => {
      // Nobody new comes in while the rest ends.
      await front.close();
      await closers.closeAll();
    },
  };
};

const makeLocalKey = async (options: MachineOptions, { assembly, state }: Foundation, { invoke }: Services) => {
  const management = assembly.outputs.ManagementFunctionName;
  if (management === undefined) throw new Error('The stack has no output ManagementFunctionName.');
  const key = await createLocalKey(
    (payload) => invoke(management, payload),
    options.localKey ?? state.find('local-key'),
  );
  state.save('local-key', key);
  return key;
};

const serveApi = (
  { unthrottled }: MachineOptions,
  { assembly, logs, xray, fail }: Foundation,
  { functions }: Services,
) =>
  createApi({
    api: unthrottled ? { ...assembly.api, stage: { ...assembly.api.stage, throttle: undefined } } : assembly.api,
    functions,
    onAccessLine: (line) => logs.write('api-access', line),
    onSegment: xray.record,
    onFailure: fail,
  });

type Scraped = { readonly port: number; readonly apiKey: string };

const scrape = (
  options: MachineOptions,
  { assembly, children, state }: Foundation,
  { port, apiKey }: Scraped,
): Promise<RunningPrometheus> =>
  attachPrometheus({
    children,
    directory: join(state.directory ?? options.directory(port), 'prometheus'),
    keeps: state.directory !== undefined,
    target: `127.0.0.1:${port}`,
    apiKey,
    ruleFiles: assembly.ruleFiles,
  });

const findFunction = ({ functions }: Assembly, construct: string): string => {
  const found = functions.find(({ logicalId }) => logicalId.startsWith(`${construct}Function`));
  if (found !== undefined) return found.name;
  throw new Error(
    `No function belongs to ${construct}; there are ${functions.map(({ logicalId }) => logicalId).join(', ')}.`,
  );
};
