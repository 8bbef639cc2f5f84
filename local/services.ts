import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { generateSecret } from './assembly/generate-secret';
import type { SecretDefinition } from './assembly/read-secrets';
import type { FunctionResult } from './aws/lambda/create-lambda';
import { type AwsProxy, startAwsProxy } from './aws/proxy';
import type { Closers } from './closers';
import { createTables, type Streams } from './dynamodb/create-tables';
import type { Foundation } from './foundation';
import { createFunctions, type Functions } from './lambda/functions';
import { readReply } from './lambda/read-reply';
import { createPrincipals, type LocalPrincipals } from './local-principals';
import type { MachineOptions } from './machine';
import type { State } from './state';

/** The services of AWS that the stack uses, with the stack in them. */
export type Services = {
  readonly database: DynamoDBClient;
  readonly streams: Streams;
  readonly principals: LocalPrincipals;
  readonly awsProxy: AwsProxy;
  readonly functions: Functions;
  /** Runs a function and waits for its whole answer. */
  readonly invoke: (functionName: string, payload: Buffer) => Promise<FunctionResult>;
};

const ENVIRONMENTS_PER_FUNCTION = 10;

/** Creates tables, secrets, buckets and functions. */
export const startServices = async (
  options: MachineOptions,
  foundation: Foundation,
  closers: Closers,
): Promise<Services> => {
  const { assembly, state, fail } = foundation;
  const { region, accountId } = assembly.place;
  const database = connect(foundation);
  closers.add(() => database.destroy());
  const streams = await createTables(database, assembly.tables);
  const principals = createPrincipals(assembly.functions, streams);

  const invoke = async (functionName: string, payload: Buffer) =>
    readReply(await functions.invoke({ functionName, payload }));
  const awsProxy = await startAwsProxy({
    region,
    accountId,
    principals: principals.all(),
    dynamoEndpoint: foundation.dynamoEndpoint,
    bedrock: foundation.simulator === undefined ? 'aws' : { endpoint: foundation.simulator.url },
    secrets: assembly.secrets.map((secret) => ({ ...secret, value: findOrGenerate(state, secret) })),
    buckets: assembly.buckets,
    workspaces: assembly.workspaces,
    ...(state.directory === undefined ? {} : { dataDirectory: state.directory }),
    invokeFunction: invoke,
    onError: (error) => fail('the AWS proxy', error),
  });
  closers.add(awsProxy.close);
  const functions = startFunctions(options, foundation, { principals, awsEndpoint: awsProxy.url });
  return { database, streams, principals, awsProxy, functions, invoke };
};

/** Past the proxy: what the machine itself does needs no permission. */
const connect = ({ dynamoEndpoint, assembly }: Foundation): DynamoDBClient =>
  new DynamoDBClient({
    endpoint: dynamoEndpoint,
    region: assembly.place.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

type Callers = { readonly principals: LocalPrincipals; readonly awsEndpoint: string };

const startFunctions = (options: MachineOptions, foundation: Foundation, { principals, awsEndpoint }: Callers) => {
  const { assembly, xray, children, workDirectory, logs } = foundation;
  return createFunctions({
    definitions: assembly.functions,
    principalOf: ({ name }) => principals.ofFunction(name),
    surroundings: { region: assembly.place.region, awsEndpoint, xrayDaemon: xray.address },
    children,
    workDirectory,
    environmentsPerFunction: options.environmentsPerFunction ?? ENVIRONMENTS_PER_FUNCTION,
    freeze: options.freeze ?? false,
    onSegment: xray.record,
    onLine: (functionName, line) => {
      logs.write(functionName, line);
      options.onLine?.(functionName, line);
    },
  });
};

/** Secrets outlive a restart when tables do: the keys are hashed with one. */
const findOrGenerate = (state: State, secret: SecretDefinition): string => {
  const value = state.find(secret.name) ?? generateSecret(secret);
  state.save(secret.name, value);
  return value;
};
