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
  const { assembly, dynamoEndpoint, simulator, state, logs, fail } = foundation;
  const { region, accountId } = assembly.place;
  const database = new DynamoDBClient({
    endpoint: dynamoEndpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  closers.add(() => database.destroy());
  const streams = await createTables(database, assembly.tables);
  const principals = createPrincipals(assembly.functions, streams);

  const invoke = async (functionName: string, payload: Buffer) =>
    readReply(await functions.invoke({ functionName, payload }));
  const awsProxy = await startAwsProxy({
    region,
    accountId,
    principals: principals.all(),
    dynamoEndpoint,
    bedrock: simulator === undefined ? 'aws' : { endpoint: simulator.url },
    secrets: assembly.secrets.map((secret) => ({ ...secret, value: findOrGenerate(state, secret) })),
    buckets: assembly.buckets,
    ...(state.directory === undefined ? {} : { dataDirectory: state.directory }),
    invokeFunction: invoke,
    onError: (error) => fail('the AWS proxy', error),
  });
  closers.add(awsProxy.close);
  const functions = createFunctions({
    definitions: assembly.functions,
    principalOf: ({ name }) => principals.ofFunction(name),
    surroundings: { region, awsEndpoint: awsProxy.url, xrayDaemon: foundation.xray.address },
    children: foundation.children,
    workDirectory: foundation.workDirectory,
    environmentsPerFunction: options.environmentsPerFunction ?? ENVIRONMENTS_PER_FUNCTION,
    freeze: options.freeze ?? false,
    onSegment: foundation.xray.record,
    onLine: (functionName, line) => {
      logs.write(functionName, line);
      options.onLine?.(functionName, line);
    },
  });
  return { database, streams, principals, awsProxy, functions, invoke };
};

/** Secrets outlive a restart when tables do: the keys are hashed with one. */
const findOrGenerate = (state: State, secret: SecretDefinition): string => {
  const value = state.find(secret.name) ?? generateSecret(secret);
  state.save(secret.name, value);
  return value;
};
