import type { Assembly } from './assembly/assembly';
import type { FunctionResult } from './aws/lambda/create-lambda';
import type { Principal } from './aws/principal';
import type { AwsProxy } from './aws/proxy';
import type { BedrockSimulator } from './bedrock/simulator';
import type { RunningEnvironment } from './lambda/functions';
import type { MachineFiles } from './machine-files';
import type { Children } from './processes/children';
import type { RunningPrometheus } from './prometheus/start-prometheus';

export type MachineOptions = {
  /** 0 takes a free one. */
  readonly port: number;
  readonly region: string;
  /** Gives the folder of the cloud assembly to run. */
  readonly synthesise: (children: Children) => Promise<string>;
  /** Where logs, EMF documents and traces go, given the port; emptied first. */
  readonly directory: (port: number) => string;
  readonly bedrock: 'simulated' | 'aws';
  /** Keeps all state there. @default in memory */
  readonly dataDirectory?: string | undefined;
  /** @default generated, or the one that was generated for the data directory */
  readonly localKey?: string | undefined;
  /** How many requests a function serves at once; the others wait. @default 10 */
  readonly environmentsPerFunction?: number | undefined;
  /** Stop the functions' processes between calls, as Lambda does. @default false */
  readonly freeze?: boolean | undefined;
  /** Start a Prometheus of the PATH that scrapes the API. @default false */
  readonly prometheus?: boolean | undefined;
  /** Leave out the throttling of the API's stage. @default false */
  readonly unthrottled?: boolean | undefined;
  /** Every line that a function or the platform logs. */
  readonly onLine?: ((functionName: string, line: string) => void) | undefined;
  /** What went wrong behind an answer that does not tell. */
  readonly onFailure?: ((where: string, error: unknown) => void) | undefined;
};

/** The whole stack, running. */
export type Machine = MachineFiles & {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  readonly apiKey: string;
  readonly assembly: Assembly;
  readonly awsProxy: AwsProxy;
  /** Absent when Bedrock is the real one. */
  readonly simulator: BedrockSimulator | undefined;
  /** Absent unless it was asked for. */
  readonly prometheus: RunningPrometheus | undefined;
  readonly operator: Principal;
  readonly principals: readonly Principal[];
  readonly dynamoEndpoint: string;
  /** The name of the function that a construct made: `functionName('Gateway')`. */
  functionName(construct: string): string;
  invoke(functionName: string, payload: Buffer): Promise<FunctionResult>;
  /** The processes that serve functions at this moment. */
  environments(): readonly RunningEnvironment[];
  /** Deletes what has expired now, rather than within a minute. */
  expireItems(): Promise<void>;
  /** Ends everything that was started. */
  stop(): Promise<void>;
};
