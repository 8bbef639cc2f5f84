import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { createAwsUpstream } from './bedrock/aws-upstream';
import { createBedrock } from './bedrock/create-bedrock';
import { createSimulatedUpstream } from './bedrock/simulated-upstream';
import { CONTROL_PREFIX, handleControl } from './control';
import { createDynamoDb } from './dynamodb/create-dynamodb';
import { createLocalDatabase } from './dynamodb/local-database';
import { createFaults } from './faults/create-faults';
import type { Faults } from './faults/fault-rule';
import { handleCall } from './handle-call';
import { createDecisionLog } from './iam/create-decision-log';
import type { DecisionLog } from './iam/decision';
import { evaluate } from './iam/evaluate';
import { createLambda, type FunctionResult } from './lambda/create-lambda';
import { createMeter } from './meter/create-meter';
import type { Meter } from './meter/meter-row';
import type { Principal } from './principal';
import { createPrincipals } from './principals';
import { createPrometheus, type WorkspaceDefinition, type WrittenMetrics } from './prometheus/create-prometheus';
import { readIncoming } from './read-incoming';
import { type Bucket, createS3 } from './s3/create-s3';
import { createFolderObjectStore } from './s3/folder-object-store';
import { createMemoryObjectStore } from './s3/object-store';
import { createSecretsManager, type Secret } from './secrets-manager/create-secrets-manager';
import { writeAnswer } from './write-answer';

export type { Bucket, FunctionResult, Secret };

export type AwsProxyOptions = {
  readonly region: string;
  readonly accountId: string;
  readonly principals: readonly Principal[];
  /** Where DynamoDB Local listens, started with one shared database: `http://127.0.0.1:8000`. */
  readonly dynamoEndpoint: string;
  /** Where Bedrock Runtime calls go: a simulator, or AWS with the user's own default credentials. */
  readonly bedrock: { readonly endpoint: string } | 'aws';
  readonly secrets: readonly Secret[];
  readonly buckets: readonly Bucket[];
  /** Of Managed Prometheus. @default none */
  readonly workspaces?: readonly WorkspaceDefinition[];
  /** Where objects are kept. @default in memory */
  readonly dataDirectory?: string;
  /** Runs a function. Reject with `FunctionNotFound` for a name that does not exist. */
  readonly invokeFunction: (functionName: string, payload: Buffer) => Promise<FunctionResult>;
  /** @default a free port */
  readonly port?: number;
  /** Told what went wrong behind an answer already given, such as a failed asynchronous invocation. @default a process warning */
  readonly onError?: (error: unknown) => void;
};

export type AwsProxy = {
  /** `http://127.0.0.1:<port>`, for every `AWS_ENDPOINT_URL_<SERVICE>`. */
  readonly url: string;
  readonly port: number;
  readonly faults: Faults;
  readonly meter: Meter;
  readonly decisions: DecisionLog;
  /** What was written to Managed Prometheus. */
  readonly metrics: WrittenMetrics;
  /** Replaces all principals, and forgets which statements were used. */
  setPrincipals(principals: readonly Principal[]): void;
  /** Cuts what is open and resolves when the port is free. */
  close(): Promise<void>;
};

const HOST = '127.0.0.1';

/** Starts one HTTP server on loopback that answers as every AWS service the functions call. Rejects on a taken port. */
export const startAwsProxy = async (options: AwsProxyOptions): Promise<AwsProxy> => {
  const proxy = composeProxy(options);
  const server = createServer((request, response) => {
    const incoming = readIncoming(request, response);
    const handled = incoming.path.startsWith(CONTROL_PREFIX)
      ? handleControl(proxy, incoming).then((answer) => writeAnswer(response, answer))
      : handleCall(proxy, incoming, response);
    handled.catch(proxy.onError);
  });
  // A function that is frozen between calls keeps its connections, as it does on AWS.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://${HOST}:${port}`,
    port,
    faults: proxy.faults,
    meter: proxy.meter,
    decisions: proxy.guard,
    metrics: proxy.metrics,
    setPrincipals: (principals) => {
      proxy.principals.replace(principals);
      proxy.guard.forget();
    },
    close: async () => {
      await close(server);
      proxy.disconnect();
    },
  };
};

const composeProxy = (options: AwsProxyOptions) => {
  const { region, accountId, bedrock, dataDirectory, invokeFunction } = options;
  const onError = options.onError ?? ((error: unknown) => process.emitWarning(`The local AWS proxy: ${String(error)}`));
  const principals = createPrincipals(options.principals);
  const guard = createDecisionLog(principals.all);
  const faults = createFaults();
  const meter = createMeter();
  const database = createLocalDatabase(options.dynamoEndpoint, region);
  const prometheus = createPrometheus({ accountId, workspaces: options.workspaces ?? [], onError, now: Date.now });
  const upstream = bedrock === 'aws' ? createAwsUpstream(region) : createSimulatedUpstream(bedrock.endpoint);
  const services = [
    createDynamoDb({ database, region, accountId, faults, meter }),
    createBedrock(upstream, { region, accountId }),
    createSecretsManager(options.secrets),
    createS3({
      buckets: options.buckets,
      store:
        dataDirectory === undefined ? createMemoryObjectStore() : createFolderObjectStore(join(dataDirectory, 's3')),
      isAllowed: ({ statements }, access) => statements === 'allow-all' || evaluate(statements, access).allowed,
    }),
    createLambda({ region, accountId, invokeFunction, onError }),
    prometheus,
  ];
  return {
    services: new Map(services.map((service) => [service.name, service])),
    principals,
    guard,
    faults,
    meter,
    metrics: prometheus.written,
    accountId,
    onError,
    disconnect: () => {
      database.close();
      upstream.close();
    },
  };
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
